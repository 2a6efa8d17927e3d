package dev.sluice;

import dev.sluice.config.BadInputException;
import dev.sluice.config.Layer;
import dev.sluice.config.Origin;
import dev.sluice.config.Settings;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice run}: one run to its end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Trains one recipe to its end and measures every step.",
      "",
      "Settings, strongest first: flags, --set, variables SLUICE_<KEY>, the file of --config, the"
          + " preset, the defaults. 'sluice recipes RECIPE' lists them.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice run wen-li",
      "  sluice run wen-li --preset lottery-medium --seed 3 --report medium.json",
      "  sluice run wen-li --set overlap=0.25 --set temperature=0.5 --steps 500",
      "  sluice run photos --preset photo-raw-12 --set images=$HOME/Pictures --pace 100",
      "  sluice run wen-li --preset drill-threshold-runaway --no-web --fail-on-collapse",
      "",
      "Exit status: 0 finished, 2 bad input, 3 stopped by a collapse (--fail-on-collapse),",
      "130 ended by Ctrl-C, 1 otherwise."
    })
final class RunCommand implements Callable<Integer> {
  private final Program program;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECIPE",
      description = "what to train; 'sluice recipes' lists them")
  private @Nullable String recipe;

  @Option(
      names = "--preset",
      paramLabel = "P",
      description = "a named choice of settings; the recipe's first where none is given")
  private @Nullable String preset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting; may be given several times")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--config", paramLabel = "FILE.yaml", description = "a file of settings")
  private @Nullable Path config;

  @Option(names = "--seed", paramLabel = "N", description = "seed of every random stream")
  private @Nullable String seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "steps to make; without it, to the preset's horizon. Schedules follow the horizon,"
              + " whatever is given here")
  private @Nullable String steps;

  @Option(
      names = "--pace",
      paramLabel = "N|max",
      description = "steps a second at most; max is as fast as it goes")
  private @Nullable String pace;

  @Option(
      names = "--backend",
      paramLabel = "cpu|reference",
      defaultValue = "cpu",
      description = "cpu: float32 through OpenBLAS; reference: slow plain loops in float64")
  private String backend = "cpu";

  @Option(
      names = "--fail-on-collapse",
      description = "end with status 3 as soon as a detector reports a collapse")
  private boolean failOnCollapse;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "write settings, machine, timing, collapses and closing values as JSON at the end")
  private @Nullable Path report;

  @Mixin private ServingOptions serving = new ServingOptions();

  RunCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    if (recipe == null) {
      throw new BadInputException(
          "run needs a recipe. Recipes: "
              + String.join(", ", program.recipes().stream().map(Recipe::name).toList()));
    }
    RunOrder order = order(program.reader().recipe(recipe));
    ReportFile reportFile = report == null ? null : new ReportFile(report);
    Console console = Console.of(spec.commandLine(), program.terminal());
    try (Session session = Session.open(serving.settings(program.variables()), console)) {
      return session.run(order, reportFile, failOnCollapse).code();
    }
  }

  private <S extends Record> RunOrder order(Recipe<S> chosen) {
    Preset begun = SettingsReader.preset(chosen, preset);
    List<Layer> layers =
        new ArrayList<>(program.reader().layers(chosen, config, program.variables(), sets));
    layers.add(new Layer(Origin.FLAG, "", flags()));
    Settings<S> settings = program.reader().read(chosen, begun, layers);
    String kernels = Options.choice("--backend", backend, RunOrder.BACKENDS);
    return new RunOrder(settings, kernels, false);
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    if (seed != null) {
      flags.put("seed", seed);
    }
    if (steps != null) {
      flags.put("steps", Options.steps(steps));
    }
    if (pace != null) {
      flags.put("pace", Options.pace(pace));
    }
    return flags;
  }
}
