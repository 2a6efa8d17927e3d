package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * How many different filters the neurons have: take the first, drop all whose absolute cosine with
 * it is at least 0.5, and so on with those left. Stands in for coverage where the features are not
 * known. A neuron of zeros has no direction and is no cluster.
 */
final class FilterClusters implements LayerProbe {
  private static final double SAME = 0.5;

  private static final MetricSpec CLUSTERS =
      MetricSpec.gauge(
          "filter_clusters",
          "neurons",
          "Neurons with pairwise absolute cosines of their weights below 0.5, counted greedily, 0 to"
              + " the number of neurons; higher is more diverse",
          "filter clusters: greedy count of weight vectors with pairwise absolute cosine below 0.5");

  @Override
  public String name() {
    return "filter-clusters";
  }

  @Override
  public List<Series> series() {
    return List.of(CLUSTERS.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return Set.of();
  }

  /** W W' and a comparison of each pair. */
  @Override
  public double flops(ProbeShape shape) {
    double pairs = (double) shape.neurons() * shape.neurons();
    return pairs * (2.0 * shape.inputs() + 2);
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    readings.set(0, clusters(evaluation.weightProducts(), evaluation.neurons()));
  }

  private static double clusters(double[] products, int neurons) {
    boolean[] gone = new boolean[neurons];
    double clusters = 0;
    for (int i = 0; i < neurons; i++) {
      double square = products[i * neurons + i];
      if (!(square < Double.POSITIVE_INFINITY)) {
        return Double.NaN;
      }
      if (square == 0 || gone[i]) {
        continue;
      }
      clusters++;
      for (int j = i + 1; j < neurons; j++) {
        double dot = products[i * neurons + j];
        double norms = Math.sqrt(square) * Math.sqrt(products[j * neurons + j]);
        gone[j] |= Math.abs(dot) >= SAME * norms;
      }
    }
    return clusters;
  }
}
