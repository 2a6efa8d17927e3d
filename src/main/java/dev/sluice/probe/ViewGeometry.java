package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The embeddings of the two views against each other: how correlated over samples, and how alike
 * those of different samples are (mean over p != q of the cosine of f(view0_p) and f(view1_q), from
 * sums, so without a matrix of pairs; 0 for a single sample).
 */
final class ViewGeometry implements RepresentationProbe {
  private static final MetricSpec CORRELATION =
      MetricSpec.gauge(
          "embedding_pair_correlation",
          "ratio",
          "Correlation of the two views' embeddings over samples, pooled over neurons, -1 to 1; 1"
              + " without augmentation.",
          Source.WEN_LI,
          Label.OF_LAYER);

  @Override
  public String name() {
    return "view-geometry";
  }

  @Override
  public List<Series> series() {
    return List.of(
        EmbeddingProbe.COSINE.with(Label.ENCODER, "negative"), CORRELATION.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.VIEWS);
  }

  /** Two thresholds, norms, sums and centred products, 30 n m. */
  @Override
  public double flops(ProbeShape shape) {
    return 30.0 * shape.evaluation() * shape.neurons();
  }

  @Override
  public void measure(Evaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    double[] f0 = evaluation.responses0();
    double[] f1 = evaluation.responses1();
    readings.set(0, n < 2 ? 0 : negativeCosine(f0, f1, n, m));
    readings.set(1, Statistics.pooledCorrelation(f0, f1, n, m));
  }

  /** Mean cosine of rows p of one and q of the other, p != q; a row of zeros has cosine 0. */
  static double negativeCosine(double[] f0, double[] f1, int n, int m) {
    double[] u0 = Statistics.unitRows(f0, n, m);
    double[] u1 = Statistics.unitRows(f1, n, m);
    double all = Statistics.dot(columnSums(u0, n, m), columnSums(u1, n, m));
    double own = Statistics.dot(u0, u1);
    return (all - own) / ((double) n * (n - 1));
  }

  private static double[] columnSums(double[] values, int n, int m) {
    double[] sums = new double[m];
    for (int p = 0; p < n; p++) {
      Statistics.addScaled(1, values, p * m, sums, 0, m);
    }
    return sums;
  }
}
