package dev.sluice.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.RunEvent.CollapseChanged;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import dev.sluice.recipe.Identifiability;
import dev.sluice.recipe.InductiveBias;
import dev.sluice.recipe.LatentTrees;
import dev.sluice.recipe.Longitudinal;
import dev.sluice.recipe.NonContrastive;
import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Presets;
import dev.sluice.recipe.Recipe;
import dev.sluice.recipe.SupervisedContrast;
import dev.sluice.recipe.TrainedRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fire drills and the healthy presets of the systems of networks, by their own limits. */
class SystemDrillTest {
  private static final List<Recipe<?>> SYSTEMS =
      List.of(
          new LatentTrees(),
          new NonContrastive(),
          new InductiveBias(),
          new SupervisedContrast(),
          new Identifiability(),
          new Longitudinal());

  /** Each preset with the seeds 0, 1 and 2. */
  private static Stream<Arguments> runs(boolean healthy) {
    return SYSTEMS.stream()
        .flatMap(
            recipe ->
                recipe.presets().stream()
                    .filter(preset -> preset.expectation().isEmpty() == healthy)
                    .flatMap(
                        preset ->
                            Stream.of(0, 1, 2)
                                .map(seed -> Arguments.of(recipe.name(), preset.name(), seed))));
  }

  static Stream<Arguments> healthyRuns() {
    return runs(true);
  }

  static Stream<Arguments> drills() {
    return runs(false);
  }

  private static Preset preset(String recipe, String name) {
    return SYSTEMS.stream()
        .filter(system -> system.name().equals(recipe))
        .flatMap(system -> system.presets().stream())
        .filter(preset -> preset.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static List<CollapseChanged> critical(TrainedRun run) {
    return run.events().stream()
        .filter(CollapseChanged.class::isInstance)
        .map(CollapseChanged.class::cast)
        .filter(change -> change.severity() == Severity.CRITICAL)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("drills")
  @Tag("slow")
  @DisplayName("a drill reports just the kinds that its preset names, with every seed")
  void drill_reportsWhatItsPresetSays(String recipe, String preset, int seed) {
    try (TrainedRun run = Presets.open(recipe, preset, "seed=" + seed)) {
      run.to(run.experiment().defaultSteps());
      assertThat(critical(run).stream().map(change -> change.kind().label()).distinct())
          .containsExactlyInAnyOrderElementsOf(preset(recipe, preset).expectation());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "noncontrastive, drill-mlp-no-predictor,         embedding std ratio, 120",
    "noncontrastive, drill-mlp-no-stop-gradient,     embedding std ratio, 120",
    "noncontrastive, drill-mlp-neither,              embedding std ratio, 120",
    "noncontrastive, drill-linear-no-predictor,      embedding norm,      200",
    "noncontrastive, drill-linear-no-stop-gradient,  embedding norm,      120",
    "noncontrastive, drill-linear-neither,           embedding norm,      120",
    "noncontrastive, drill-linear-decay,             embedding norm,      340",
    "hltm,    drill-narrow,                   embedding std ratio, 620"
  })
  @DisplayName("complete collapse is reported in time, by the rule that can see it, and stays")
  void drill_isReportedInTime(String recipe, String preset, String measure, long by) {
    try (TrainedRun run = Presets.open(recipe, preset)) {
      run.to(run.experiment().defaultSteps());
      List<CollapseChanged> complete =
          critical(run).stream().filter(each -> each.kind() == CollapseKind.COMPLETE).toList();
      assertThat(complete).hasSize(1);
      assertThat(complete.get(0).reason()).startsWith(measure);
      assertThat(complete.get(0).step()).isLessThanOrEqualTo(by);
      assertThat(run.events()).hasSameSizeAs(critical(run));
    }
  }

  @ParameterizedTest
  @MethodSource("healthyRuns")
  @Tag("slow")
  @DisplayName("a healthy run of a system raises nothing")
  void healthyRun_raisesNothing(String recipe, String preset, int seed) {
    try (TrainedRun run = Presets.open(recipe, preset, "seed=" + seed)) {
      run.to(run.experiment().defaultSteps());
      assertThat(run.events()).isEmpty();
    }
  }
}
