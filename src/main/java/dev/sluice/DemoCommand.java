package dev.sluice;

import dev.sluice.config.Layer;
import dev.sluice.config.Origin;
import dev.sluice.config.Settings;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
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
import picocli.CommandLine.Spec;

/**
 * {@code sluice demo}, and {@code sluice} alone: two experiments, each with and without masks, side
 * by side. Their story takes about a minute; then they go on.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Trains on real photos and on a known dictionary, each with masks and without, and shows all"
          + " four runs live. The story takes about a minute, then it goes on until Ctrl-C.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice demo", "  sluice demo --port 8081 --pace max --seed 3"})
final class DemoCommand implements Callable<Integer> {

  /** 2,000 steps, the horizon of both experiments, take a minute. */
  private static final String PACE = "33";

  private static final List<Experiment> EXPERIMENTS =
      List.of(new Experiment("photos", "photo-raw-12"), new Experiment("wen-li", "lottery-small"));

  private static final List<String> ARMS = List.of("mask", "none");

  private final Program program;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(names = "--seed", paramLabel = "N", description = "seed of all four runs")
  private @Nullable String seed;

  @Option(
      names = "--pace",
      paramLabel = "N|max",
      defaultValue = PACE,
      description = "steps a second of each run, ${DEFAULT-VALUE} by default")
  private String pace = PACE;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "end after so many steps instead of going on")
  private @Nullable String steps;

  @Mixin private ServingOptions serving = new ServingOptions();

  DemoCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    List<RunOrder> orders = new ArrayList<>();
    for (Experiment experiment : EXPERIMENTS) {
      for (String arm : ARMS) {
        orders.add(order(program.reader().recipe(experiment.recipe()), experiment, arm));
      }
    }
    Console console = Console.of(spec.commandLine(), program.terminal());
    try (Session session = Session.open(serving.settings(program.variables()), console)) {
      return session.demonstrate(orders).code();
    }
  }

  private <S extends Record> RunOrder order(Recipe<S> recipe, Experiment experiment, String arm) {
    Preset preset = SettingsReader.preset(recipe, experiment.preset());
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("augment", arm);
    flags.put("pace", Options.pace(pace));
    if (seed != null) {
      flags.put("seed", seed);
    }
    if (steps != null) {
      flags.put("steps", Options.steps(steps));
    }
    List<Layer> layers =
        new ArrayList<>(program.reader().layers(recipe, null, program.variables(), List.of()));
    layers.add(new Layer(Origin.FLAG, "", flags));
    Settings<S> settings = program.reader().read(recipe, preset, layers);
    return new RunOrder(settings, RunOrder.BACKENDS.get(0), steps == null);
  }

  /** Shown twice, with masks and without. */
  private record Experiment(String recipe, String preset) {}
}
