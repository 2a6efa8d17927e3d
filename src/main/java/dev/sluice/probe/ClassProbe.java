package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** How well classes stand apart in the embedding, with the true labels. */
public final class ClassProbe implements NetworkProbe {
  private static final MetricSpec ACCURACY =
      MetricSpec.gauge(
          "class_accuracy_ratio",
          "ratio",
          "Share of samples nearest to the mean of their own class, 0 to 1; means of one half of the samples, the other half is asked. 1 / classes is chance, higher is better.",
          Source.KHOSLA);
  private static final MetricSpec WITHIN =
      MetricSpec.gauge(
          "class_variability_ratio",
          "ratio",
          "Scatter within classes over that between them (NC1), at least 0; lower means tighter classes, 0 is a point each.",
          "Papyan, Han and Donoho 2020, arXiv 2008.08186");
  private static final MetricSpec COSINE =
      MetricSpec.gauge(
          "class_mean_cosine",
          "ratio",
          "Cosines of the means of two classes about the mean of all, mean and deviation over pairs, -1 to 1; a simplex has -1 / (classes - 1) and 0.",
          "Papyan, Han and Donoho 2020, arXiv 2008.08186",
          Label.OF_STAT);

  @Override
  public String name() {
    return "classes";
  }

  @Override
  public List<Series> series() {
    return List.of(ACCURACY.with(), WITHIN.with(), COSINE.with("mean"), COSINE.with("std"));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Distances to the means, two scatters and a pseudo-inverse. */
  @Override
  public double flops(ProbeShape shape) {
    double n = shape.evaluation();
    double m = shape.neurons();
    return 30 * n * m + 2 * n * m * m + 10 * m * m * m;
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    int half = n / 2;
    double[] z = evaluation.responses0();
    int[] labels = evaluation.labels();
    readings.setIfDefined(
        0,
        ClassGeometry.nearestMeanAccuracy(
            Arrays.copyOf(z, half * m),
            Arrays.copyOf(labels, half),
            Arrays.copyOfRange(z, half * m, n * m),
            Arrays.copyOfRange(labels, half, n),
            m));
    readings.setIfDefined(1, ClassGeometry.withinOverBetween(z, labels, m));
    ClassGeometry.MeanCosines cosines = ClassGeometry.meanCosines(z, labels, m);
    readings.setIfDefined(2, cosines.mean());
    readings.setIfDefined(3, cosines.deviation());
  }
}
