package dev.sluice.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.CpuBackend;
import dev.sluice.config.Defaults;
import dev.sluice.config.Layer;
import dev.sluice.config.Origin;
import dev.sluice.config.Settings;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Experiment;
import dev.sluice.recipe.Recipe;
import dev.sluice.recipe.Recipes;
import dev.sluice.recipe.TrainedRun;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real runs of the drills and of the controls, every step through the detectors. */
@Tag("slow")
final class FireDrillRunTest {

  static Stream<Arguments> runs() {
    return FireDrill.ALL.stream()
        .flatMap(
            drill -> LongStream.range(0, seeds(drill)).mapToObj(seed -> Arguments.of(drill, seed)));
  }

  private static long seeds(FireDrill drill) {
    return switch (drill.preset()) {
      case "lottery-small" -> 6;
      case "lottery-medium" -> 2;
      case "photo-raw-12" -> 3;
      default -> 1;
    };
  }

  @ParameterizedTest
  @MethodSource("runs")
  @DisplayName("a drill is reported in time, a healthy run not at all")
  void reportsWhatItMust(FireDrill drill, long seed) {
    CpuBackend backend = new CpuBackend();
    try (TrainedRun run = new TrainedRun(backend, open(drill, seed, backend))) {
      run.to(drill.steps());
      assertThat(drill.faults(run.events())).as("%s", run.events()).isEmpty();
    }
  }

  private static Experiment open(FireDrill drill, long seed, CpuBackend backend) {
    SettingsReader reader = new SettingsReader(Recipes.all(), Defaults.text());
    return open(reader, reader.recipe(drill.recipe()), drill, seed, backend);
  }

  private static <S extends Record> Experiment open(
      SettingsReader reader, Recipe<S> recipe, FireDrill drill, long seed, CpuBackend backend) {
    Layer seeded = new Layer(Origin.SET, "test", Map.of("seed", Long.toString(seed)));
    Settings<S> settings =
        reader.read(recipe, SettingsReader.preset(recipe, drill.preset()), List.of(seeded));
    return recipe.open(settings.typed(), backend, () -> 0L);
  }
}
