package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Statistics;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of every probe whatever the learner and the batch. */
class ProbePropertyTest {
  private static final int TRIES = 40;

  private static final Set<String> RATIOS_FROM_ZERO =
      Set.of(
          "activation_sparsity_ratio",
          "zero_output_ratio",
          "positive_top1_ratio",
          "contrast_probability",
          "representation_dense_energy_ratio",
          "feature_alignment",
          "winner_ratio",
          "feature_coverage_ratio",
          "weight_sparse_energy_ratio",
          "neuron_activation_ratio",
          "feature_alignment_bin",
          "neuron_activation_bin",
          "embedding_effective_rank_ratio",
          "embedding_top_eigenvalue_ratio",
          "embedding_std_ratio",
          "probe_accuracy_ratio",
          "neuron_sparseness",
          "feature_coverage_estimate",
          "weight_sparse_energy_estimate");

  private static final Set<String> CORRELATIONS =
      Set.of(
          "pair_correlation",
          "pair_correlation_estimate",
          "pair_correlation_split_estimate",
          "input_pair_correlation",
          "embedding_pair_correlation",
          "embedding_cosine",
          "representation_cosine",
          "neuron_selectivity");

  /** What does not change when the whole learner is scaled, W and b alike. */
  private static final Set<String> FREE_OF_SCALE =
      Set.of(
          "activation_sparsity_ratio",
          "zero_output_ratio",
          "pair_correlation",
          "pair_correlation_estimate",
          "pair_correlation_split_estimate",
          "representation_share",
          "representation_dense_energy_ratio",
          "representation_cosine",
          "feature_alignment",
          "winner_ratio",
          "feature_coverage_ratio",
          "weight_sparse_energy_ratio",
          "neuron_selectivity",
          "preactivation_kurtosis",
          "neuron_activation_ratio",
          "neurons",
          "embedding_std_ratio",
          "embedding_cosine",
          "embedding_alignment",
          "embedding_uniformity",
          "embedding_pair_correlation",
          "embedding_effective_rank",
          "embedding_top_eigenvalue_ratio",
          "threshold_ratio",
          "probe_r2",
          "neuron_sparseness",
          "feature_coverage_estimate",
          "weight_sparse_energy_estimate");

  @Property(tries = TRIES, seed = "1")
  void everythingIsFiniteAndWithinItsRange(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int samples,
      @ForAll @IntRange(min = 1, max = 4) int features,
      @ForAll @IntRange(min = 1, max = 9) int neurons) {
    Measured measured = new RandomSystem(seed, samples, features + 4, features, neurons).measure();

    for (Series series : measured.series()) {
      if (measured.has(key(series))) {
        double value = measured.get(key(series));
        assertThat(value).as(series.key()).isFinite();
        if (RATIOS_FROM_ZERO.contains(series.metric().name())) {
          assertThat(value).as(series.key()).isBetween(-1e-12, 1 + 1e-12);
        }
        if (CORRELATIONS.contains(series.metric().name())) {
          assertThat(value).as(series.key()).isBetween(-1 - 1e-12, 1 + 1e-12);
        }
      }
    }
  }

  @Property(tries = TRIES, seed = "1")
  void theOrderOfTheSamplesSaysNothing(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int samples) {
    RandomSystem system = new RandomSystem(seed, samples, 8, 3, 5);
    Measured before = system.measure();
    int[] reversed = new int[samples];
    Arrays.setAll(reversed, p -> (samples - 1 - p + 3) % samples);

    system.permuteSamples(reversed);

    assertSame(before, system.measure(), 1e-11, Set.of());
  }

  @Property(tries = TRIES, seed = "1")
  void theScaleOfTheLearnerSaysNothingOfItsFeatures(
      @ForAll long seed, @ForAll @IntRange(min = -6, max = 6) int exponent) {
    double scale = Math.pow(10, exponent);
    RandomSystem system = new RandomSystem(seed, 12, 8, 3, 5);
    Measured before = system.measure();

    RandomSystem.scale(system.weights, scale);
    RandomSystem.scale(system.thresholds, scale);

    assertSame(before, system.measure(), 1e-7, FREE_OF_SCALE);
  }

  @Property(tries = TRIES, seed = "1")
  void withoutAugmentation_everythingOfAPairIsShared(@ForAll long seed) {
    RandomSystem system = new RandomSystem(seed, 12, 8, 3, 5);
    Arrays.fill(system.mask0, 1);
    Arrays.fill(system.mask1, 1);

    Measured measured = system.measure();

    for (String signal : List.of("sparse", "dense")) {
      assertThat(measured.get("pair_correlation{layer=\"encoder\",signal=\"" + signal + "\"}"))
          .isEqualTo(1);
      assertThat(measured.get("input_pair_correlation{signal=\"" + signal + "\"}")).isEqualTo(1);
    }
    assertThat(measured.get("embedding_alignment{layer=\"encoder\"}")).isZero();
  }

  @Property(tries = TRIES, seed = "1")
  void partsSumToTheWholeCovariance(@ForAll long seed) {
    RandomSystem system = new RandomSystem(seed, 12, 8, 3, 5);
    double expected;
    try (Bench bench = system.bench()) {
      double[] f0 = bench.evaluation().responses0().clone();
      double[] f1 = bench.evaluation().responses1().clone();
      Statistics.centreColumns(f0, 12, 5);
      Statistics.centreColumns(f1, 12, 5);
      expected = Statistics.dot(f0, f1) / 12;
    }

    Measured measured = system.measure();

    assertThat(
            measured.get("representation_covariance{signal=\"sparse\"}")
                + measured.get("representation_covariance{signal=\"dense\"}")
                + measured.get("representation_covariance{signal=\"cross\"}"))
        .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
  }

  /** Compares all series, or only the metrics named. */
  private static void assertSame(
      Measured before, Measured after, double tolerance, Set<String> only) {
    double[] first = before.values();
    double[] second = after.values();
    for (int slot = 0; slot < first.length; slot++) {
      Series series = before.series().get(slot);
      boolean ofInterest = only.isEmpty() || only.contains(series.metric().name());
      // of equals the first is the largest: which of them that is depends on the order
      if (!ofInterest || series.metric().name().equals("positive_top1_ratio")) {
        continue;
      }
      assertThat(StepReport.isAbsent(second[slot]))
          .as(series.key())
          .isEqualTo(StepReport.isAbsent(first[slot]));
      if (!StepReport.isAbsent(first[slot])) {
        assertThat(second[slot])
            .as(series.key())
            .isCloseTo(first[slot], within(tolerance * Math.max(1, Math.abs(first[slot]))));
      }
    }
  }

  private static String key(Series series) {
    return series.key().substring("sluice_".length());
  }
}
