package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How evenly the unit embeddings of un-augmented samples lie: log mean over pairs of exp(-2 |u_p -
 * u_q|^2). The true distance is taken for zero vectors too, so that an all-dead representation
 * gives 0, the worst; so does a single sample.
 */
final class Uniformity implements RepresentationProbe {
  private static final MetricSpec UNIFORMITY =
      MetricSpec.gauge(
          "embedding_uniformity",
          "1",
          "Log of the mean Gaussian potential between unit embeddings, -8 to 0; about -3.8 when"
              + " spread evenly over 40 dimensions, 0 is collapse.",
          Source.WANG_ISOLA,
          Label.OF_LAYER);

  @Override
  public String name() {
    return "uniformity";
  }

  @Override
  public List<Series> series() {
    return List.of(UNIFORMITY.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.ANCHORS);
  }

  /** The inner products of all pairs, n^2 m, and an exponential of some 20 flops for each pair. */
  @Override
  public double flops(ProbeShape shape) {
    double n = shape.evaluation();
    return n * n * (shape.neurons() + 10) + 4 * n * shape.neurons();
  }

  @Override
  public void measure(Evaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    readings.set(0, n < 2 ? 0 : of(Statistics.unitRows(evaluation.responses(), n, m), n, m));
  }

  private static double of(double[] unit, int n, int m) {
    return logMeanPotential(Statistics.gramOfRows(unit, n, m), n);
  }

  /** Log mean over pairs of exp(-2 |u_p - u_q|^2) from the inner products of the u, n x n. */
  static double logMeanPotential(double[] products, int n) {
    double sum = 0;
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < p; q++) {
        double squared = products[p * n + p] + products[q * n + q] - 2 * products[p * n + q];
        sum += Math.exp(-2 * Math.max(0, squared));
      }
    }
    return Math.log(sum / (0.5 * n * (n - 1)));
  }
}
