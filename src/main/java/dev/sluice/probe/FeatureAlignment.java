package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which features the neurons have found: C_ij = |cos(w_i, M_j)|. A neuron is a winner when its best
 * C_ij reaches 0.5; a feature is covered when it is the best of a winner.
 */
final class FeatureAlignment implements LayerProbe {
  private static final double WINNER = 0.5;

  private static final MetricSpec ALIGNMENT =
      MetricSpec.gauge(
          "feature_alignment",
          "ratio",
          "Largest absolute cosine of a neuron with a feature: mean and median over neurons, mean"
              + " of the second largest, and the gap between the means, 0 to 1; high with a small"
              + " second is one feature a neuron.",
          Source.WEN_LI,
          Label.OF_STAT);

  private static final MetricSpec ALIGNMENT_BIN =
      MetricSpec.gauge(
          "feature_alignment_bin",
          "ratio",
          "Share of neurons whose largest absolute cosine with a feature lies in a bin, named by its"
              + " upper edge and not cumulative, 0 to 1; the ten sum to 1, mass in the upper bins is"
              + " learned features, a neuron without weights is in the first.",
          Source.WEN_LI,
          List.of(Bins.BIN));

  private static final MetricSpec WINNERS =
      MetricSpec.gauge(
          "winner_ratio",
          "ratio",
          "Share of neurons whose best absolute cosine with a feature is at least 0.5, 0 to 1,"
              + " higher is better.",
          Source.WEN_LI);

  private static final MetricSpec COVERAGE =
      MetricSpec.gauge(
          "feature_coverage_ratio",
          "ratio",
          "Share of features that are the best of at least one winning neuron, 0 to 1, higher is"
              + " better.",
          Source.WEN_LI);

  private static final MetricSpec SPARSE_ENERGY =
      MetricSpec.gauge(
          "weight_sparse_energy_ratio",
          "ratio",
          "Mean over neurons of the share of the squared weight norm inside the span of the"
              + " features, 0 to 1; d / d1 by chance, higher is better.",
          Source.WEN_LI);

  @Override
  public String name() {
    return "feature-alignment";
  }

  @Override
  public List<Series> series() {
    List<Series> series =
        new ArrayList<>(
            List.of(
                ALIGNMENT.with("mean"),
                ALIGNMENT.with("median"),
                ALIGNMENT.with("second"),
                ALIGNMENT.with("gap"),
                WINNERS.with(),
                COVERAGE.with(),
                SPARSE_ENERGY.with()));
    series.addAll(Bins.of(ALIGNMENT_BIN));
    return List.copyOf(series);
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUND_TRUTH);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.PROJECTIONS);
  }

  /** Norms, the largest cosines and their bins, m (2 d1 + 6 d + 20). */
  @Override
  public double flops(ProbeShape shape) {
    return shape.neurons() * (2.0 * shape.inputs() + 6.0 * shape.features() + 2.0 * Bins.COUNT);
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    double[] cosines = Alignment.cosines(evaluation);
    int m = evaluation.neurons();
    int d = evaluation.features();
    double[] largest = new double[m];
    boolean[] covered = new boolean[d];
    double second = 0;
    double winners = 0;
    for (int i = 0; i < m; i++) {
      int best = Alignment.best(cosines, i, d);
      largest[i] = cosines[i * d + best];
      second += second(cosines, i, d, best) / m;
      if (largest[i] >= WINNER) {
        winners++;
        covered[best] = true;
      }
    }
    double mean = Statistics.mean(largest);
    readings.set(0, mean);
    readings.set(1, Statistics.median(largest));
    readings.set(2, second);
    readings.set(3, mean - second);
    readings.set(4, winners / m);
    readings.set(5, share(covered));
    readings.set(6, Statistics.dot(cosines, cosines) / m);
    Bins.measure(largest, readings, 7);
  }

  /** Second largest of a row; 0 where there is one feature only. */
  private static double second(double[] cosines, int row, int d, int best) {
    double second = 0;
    for (int j = 0; j < d; j++) {
      if (j != best) {
        second = Math.max(second, cosines[row * d + j]);
      }
    }
    return second;
  }

  private static double share(boolean[] covered) {
    double count = 0;
    for (boolean one : covered) {
      count += one ? 1 : 0;
    }
    return count / covered.length;
  }
}
