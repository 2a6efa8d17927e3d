package dev.sluice.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.recipe.Presets;
import dev.sluice.recipe.TrainedRun;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fire drills for real: every drill is reported in time, and healthy runs raise nothing. */
class FireDrillRunTest {

  static Stream<FireDrill> drills() {
    return FireDrill.ALL.stream().filter(drill -> !drill.isControl());
  }

  @ParameterizedTest
  @MethodSource("drills")
  @DisplayName("a run that collapses is reported as what it is, in time")
  void drill_isReported(FireDrill drill) {
    try (TrainedRun run = Presets.open(drill.recipe(), drill.preset())) {
      run.to(run.experiment().defaultSteps());
      assertThat(drill.faults(run.events())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wen-li, control-negatives-unequal, 0",
    "wen-li, lottery-small, 0",
    "wen-li, lottery-small, 1",
    "wen-li, lottery-small, 2",
    "wen-li, lottery-small, 3",
    "wen-li, lottery-small, 4",
    "wen-li, lottery-small, 5",
    "wen-li, lottery-medium, 0",
    "wen-li, lottery-medium, 1",
    "photos, photo-raw-12, 0",
    "photos, photo-raw-12, 1",
    "photos, photo-raw-12, 2"
  })
  @Tag("slow")
  @DisplayName("a healthy run to its horizon raises nothing")
  void healthyRun_raisesNothing(String recipe, String preset, int seed) {
    try (TrainedRun run = Presets.open(recipe, preset, "seed=" + seed)) {
      run.to(run.experiment().defaultSteps());
      assertThat(run.events()).isEmpty();
    }
  }
}
