package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.CpuBackend;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import dev.sluice.probe.StandInComparison;
import dev.sluice.recipe.LearnerSettings.Augment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How far the stand-ins for an unknown dictionary lie from the truth at the end of lottery-small,
 * where it is known. The bounds are those of docs/stand-ins.md, widened for other seeds.
 */
@Tag("slow")
class StandInBandsTest {
  private static final String SPLIT = "sluice_pair_correlation_split_estimate";
  private static final String SPARSE = SPLIT + "{layer=\"encoder\",signal=\"sparse\"}";
  private static final String DENSE = SPLIT + "{layer=\"encoder\",signal=\"dense\"}";
  private static final String ENERGY = "sluice_weight_sparse_energy_estimate";
  private static final String COVERAGE = "sluice_feature_coverage_estimate";

  @Test
  void withMasks() {
    List<StandInComparison.Pair> pairs = trained(Augment.MASK, 0);

    assertThat(pair(pairs, DENSE).estimate()).isCloseTo(pair(pairs, DENSE).truth(), within(0.08));
    assertThat(pair(pairs, SPARSE).difference()).isBetween(-0.3, 0.0);
    assertThat(pair(pairs, ENERGY).difference()).isBetween(-0.15, 0.0);
    assertThat(pair(pairs, COVERAGE).difference()).isBetween(-0.1, 0.2);
  }

  @Test
  void withHalfTheMasksShared() {
    List<StandInComparison.Pair> pairs = trained(Augment.MASK, 0.5);

    assertThat(pair(pairs, DENSE).difference()).isBetween(-0.15, 0.0);
    assertThat(pair(pairs, ENERGY).difference()).isBetween(-0.12, 0.0);
    assertThat(pair(pairs, COVERAGE).difference()).isBetween(-0.1, 0.2);
  }

  @Test
  void withoutMasks() {
    List<StandInComparison.Pair> pairs = trained(Augment.NONE, 0);

    assertThat(pair(pairs, DENSE).estimate()).isEqualTo(1);
    assertThat(pair(pairs, SPARSE).estimate()).isEqualTo(1);
    assertThat(pair(pairs, ENERGY).difference()).isBetween(-0.1, 0.02);
    assertThat(pair(pairs, COVERAGE).difference()).isBetween(-0.1, 0.15);
  }

  private static List<StandInComparison.Pair> trained(Augment augment, double overlap) {
    CpuBackend backend = new CpuBackend();
    WenLiSettings settings =
        WenLi.LOTTERY_SMALL.with(WenLi.LOTTERY_SMALL.learner().with(0, augment));
    Experiment experiment = new WenLi().open(settings, backend, () -> 0L);
    KnobValues knobs = experiment.knobs().with(Knob.OVERLAP, overlap);
    try (TrainedRun run = new TrainedRun(backend, experiment)) {
      run.to(settings.learner().horizon(), step -> knobs);
      ReportLayout layout = new ReportLayout(experiment.trainer().series());
      double[] values = layout.emptyValues();
      experiment.trainer().evaluate(1024, knobs, values);
      return StandInComparison.of(
          new StepReport("test", 0, 0, layout, values),
          settings.features(),
          settings.learner().neurons());
    }
  }

  private static StandInComparison.Pair pair(List<StandInComparison.Pair> pairs, String name) {
    return pairs.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + pairs));
  }
}
