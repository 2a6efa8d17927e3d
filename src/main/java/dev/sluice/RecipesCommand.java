package dev.sluice;

import dev.sluice.config.SettingKey;
import dev.sluice.config.Settings;
import dev.sluice.config.SettingsReader;
import dev.sluice.config.SettingsSchema;
import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice recipes}: what there is to run, and what may be set. */
@Command(
    name = "recipes",
    mixinStandardHelpOptions = true,
    description = "Lists the recipes with their presets, or the settings of one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice recipes",
      "  sluice recipes wen-li",
      "  sluice recipes wen-li --preset lottery-medium"
    })
final class RecipesCommand implements Callable<Integer> {
  private final Program program;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECIPE",
      description = "one to list the settings of")
  private @Nullable String recipe;

  @Option(names = "--preset", paramLabel = "P", description = "whose values to show")
  private @Nullable String preset;

  RecipesCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (recipe == null) {
      program.recipes().forEach(each -> describe(out, each));
      out.println(
          "Settings of one: sluice recipes RECIPE. To run one: sluice run RECIPE --preset P");
    } else {
      Recipe<?> chosen = program.reader().recipe(recipe);
      describe(out, chosen);
      listSettings(out, chosen);
    }
    out.flush();
    return ExitStatus.FINISHED.code();
  }

  private static void describe(PrintWriter out, Recipe<?> recipe) {
    out.println(recipe.name() + ": " + recipe.claim());
    out.println("  " + recipe.paper());
    for (Preset each : recipe.presets()) {
      String reports =
          each.expectation().isEmpty()
              ? ""
              : ", reports " + String.join(" and ", each.expectation());
      out.printf(
          Locale.ROOT,
          "  %-27s %s%s (%s)%n",
          each.name(),
          each.description(),
          reports,
          duration(each.expectedSeconds()));
    }
    out.println();
  }

  private static String duration(double seconds) {
    if (seconds < 90) {
      return "about " + Math.max(1, Math.round(seconds)) + " s";
    }
    return "about " + Math.round(seconds / 60) + " min";
  }

  private <S extends Record> void listSettings(PrintWriter out, Recipe<S> chosen) {
    Preset shown = SettingsReader.preset(chosen, preset);
    Settings<S> settings = program.reader().read(chosen, shown, List.of());
    Map<String, String> texts = settings.texts();
    out.println("  Settings, with the values of " + shown.name() + ":");
    for (SettingKey key : new SettingsSchema<>(chosen.settingsType()).keys()) {
      out.printf(
          Locale.ROOT,
          "  %-32s %s; %s%n",
          key.name() + "=" + texts.getOrDefault(key.name(), ""),
          key.help(),
          key.allowed());
    }
  }
}
