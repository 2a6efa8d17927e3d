package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What probes say of learners that are dead, collapsed or broken. */
class DegenerateProbeTest {

  @Test
  void deadLayer_hasNeitherCorrelationNorRank() {
    RandomSystem system = new RandomSystem(1, 16, 8, 3, 5);
    Arrays.fill(system.thresholds, 1e9);

    Measured measured = system.measure();

    assertAllFinite(measured);
    assertThat(measured.get("activation_sparsity_ratio{layer=\"encoder\"}")).isEqualTo(1);
    assertThat(measured.get("zero_output_ratio{layer=\"encoder\"}")).isEqualTo(1);
    assertThat(measured.get("neurons{layer=\"encoder\",state=\"dead\"}")).isEqualTo(5);
    assertThat(measured.get("neurons{layer=\"encoder\",state=\"alive\"}")).isZero();
    assertThat(measured.get("pair_correlation{layer=\"encoder\",signal=\"dense\"}")).isZero();
    assertThat(measured.get("embedding_std_ratio{layer=\"encoder\"}")).isZero();
    assertThat(measured.get("embedding_uniformity{layer=\"encoder\"}")).isZero();
    assertThat(measured.get("embedding_effective_rank{kind=\"rankme\",layer=\"encoder\"}"))
        .isZero();
    assertThat(measured.get("representation_share{signal=\"dense\"}")).isZero();
    assertThat(measured.get("positive_top1_ratio")).isCloseTo(1.0 / 16, within(1e-12));
  }

  @Test
  void weightsOfZero_areNoDivisionByZero() {
    RandomSystem system = new RandomSystem(2, 16, 8, 3, 5);
    Arrays.fill(system.weights, 0);

    Measured measured = system.measure();

    assertAllFinite(measured);
    assertThat(measured.get("feature_alignment{stat=\"mean\"}")).isZero();
    assertThat(measured.get("weight_sparse_energy_ratio")).isZero();
    assertThat(measured.get("threshold_ratio{layer=\"encoder\",stat=\"mean\"}")).isZero();
    assertThat(measured.get("update_ratio{layer=\"encoder\"}")).isZero();
    assertThat(measured.get("preactivation_kurtosis{layer=\"encoder\"}")).isZero();
  }

  @Test
  void completeCollapse_hasNoSpreadAndOneDimension() {
    RandomSystem system = new RandomSystem(3, 16, 8, 3, 5);
    for (double[] rows : List.of(system.anchors, system.signal)) {
      for (int p = 1; p < 16; p++) {
        System.arraycopy(rows, 0, rows, p * 8, 8);
      }
    }
    Arrays.fill(system.thresholds, 0);
    Arrays.fill(system.mask0, 1);
    Arrays.fill(system.mask1, 1);

    Measured measured = system.measure();

    assertAllFinite(measured);
    assertThat(measured.get("embedding_std_ratio{layer=\"encoder\"}")).isZero();
    assertThat(measured.get("embedding_uniformity{layer=\"encoder\"}")).isCloseTo(0, within(1e-12));
    assertThat(measured.get("embedding_cosine{layer=\"encoder\",pair=\"negative\"}"))
        .isCloseTo(1, within(1e-12));
    assertThat(measured.get("embedding_effective_rank{kind=\"rankme\",layer=\"encoder\"}"))
        .isCloseTo(1, within(1e-9));
    assertThat(measured.get("embedding_effective_rank{kind=\"covariance\",layer=\"encoder\"}"))
        .isZero();
    assertThat(measured.get("embedding_top_eigenvalue_ratio{layer=\"encoder\"}")).isZero();
    assertThat(measured.get("pair_correlation{layer=\"encoder\",signal=\"sparse\"}")).isZero();
  }

  @Test
  void oneDirection_hasEffectiveRankOne() {
    RandomSystem system = new RandomSystem(4, 16, 8, 3, 5);
    for (int i = 1; i < 5; i++) {
      System.arraycopy(system.weights, 0, system.weights, i * 8, 8);
    }
    Arrays.fill(system.thresholds, 0);

    Measured measured = system.measure();

    for (String kind : List.of("rankme", "covariance")) {
      assertThat(measured.get("embedding_effective_rank{kind=\"" + kind + "\",layer=\"encoder\"}"))
          .isCloseTo(1, within(1e-9));
    }
    assertThat(measured.get("embedding_top_eigenvalue_ratio{layer=\"encoder\"}"))
        .isCloseTo(1, within(1e-12));
    assertThat(measured.get("feature_coverage_estimate")).isLessThanOrEqualTo(0.2);
  }

  @Test
  void thresholdsOfZero_leaveTheDenseStandInUnmeasured() {
    RandomSystem system = new RandomSystem(5, 16, 8, 3, 5);
    Arrays.fill(system.thresholds, 0);

    Measured measured = system.measure();

    assertThat(measured.has("pair_correlation_split_estimate{layer=\"encoder\",signal=\"dense\"}"))
        .isFalse();
    assertThat(measured.has("pair_correlation_split_estimate{layer=\"encoder\",signal=\"sparse\"}"))
        .isTrue();
    assertThat(measured.get("neurons{layer=\"encoder\",state=\"always_on\"}")).isEqualTo(5);
  }

  @Test
  void aBrokenWeight_shows() {
    RandomSystem system = new RandomSystem(6, 16, 8, 3, 5);
    system.weights[3] = Double.NaN;

    Measured measured = system.measure();

    for (String key :
        List.of(
            "loss{part=\"total\"}",
            "pair_correlation{layer=\"encoder\",signal=\"dense\"}",
            "pair_correlation_split_estimate{layer=\"encoder\",signal=\"dense\"}",
            "feature_alignment{stat=\"mean\"}",
            "preactivation_kurtosis{layer=\"encoder\"}",
            "embedding_uniformity{layer=\"encoder\"}",
            "embedding_effective_rank{kind=\"rankme\",layer=\"encoder\"}",
            "embedding_pair_correlation{layer=\"encoder\"}",
            "probe_accuracy_ratio{probe=\"ridge\"}",
            "probe_r2{probe=\"ridge\"}",
            "weight_norm{layer=\"encoder\"}")) {
      assertThat(measured.get(key)).as(key).isNaN();
      assertThat(measured.has(key)).as(key).isTrue();
    }
  }

  @Test
  void averagesForgetWhatIsNotFinite() {
    Ewma average = new Ewma(0.5);

    assertThat(average.add(4)).isEqualTo(4);
    assertThat(average.add(Double.NaN)).isNaN();
    assertThat(average.add(1)).isEqualTo(2);
  }

  @Test
  void averages_startWithTheFirstValueAndKeepTheirSpan() {
    Ewma average = Ewma.ofSpan(3);

    assertThat(average.add(8)).isEqualTo(8);
    assertThat(average.add(2)).isCloseTo((2 + 0.5 * 8) / 1.5, within(1e-12));
  }

  private static void assertAllFinite(Measured measured) {
    double[] values = measured.values();
    for (int slot = 0; slot < values.length; slot++) {
      Series series = measured.series().get(slot);
      if (!StepReport.isAbsent(values[slot])) {
        assertThat(values[slot]).as(series.key()).isFinite();
      }
    }
  }
}
