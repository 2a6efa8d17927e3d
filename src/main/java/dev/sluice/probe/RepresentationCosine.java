package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the response to a whole sample looks like that to its sparse part alone or to its dense
 * part alone: mean over samples of cos(f(x), f(Mz)) and cos(f(x), f(xi)), x un-augmented, 0 where a
 * response is zero.
 */
final class RepresentationCosine implements LayerProbe {
  private static final MetricSpec COSINE =
      MetricSpec.gauge(
          "representation_cosine",
          "ratio",
          "Mean cosine of the response to a sample with the response to its sparse part and to its"
              + " dense part, -1 to 1; sparse above dense is learned features.",
          Source.WEN_LI,
          Label.OF_SIGNAL);

  @Override
  public String name() {
    return "representation-cosine";
  }

  @Override
  public List<Series> series() {
    return List.of(COSINE.with(Label.SPARSE), COSINE.with(Label.DENSE));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUND_TRUTH);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(
        EvaluationProduct.ANCHORS, EvaluationProduct.PROJECTIONS, EvaluationProduct.SPARSE_ANCHORS);
  }

  /** Two thresholds and two cosines, 20 n m. */
  @Override
  public double flops(ProbeShape shape) {
    return 20.0 * shape.evaluation() * shape.neurons();
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    double[] a = evaluation.preactivations();
    double[] p = evaluation.sparsePreactivations();
    double[] q = new double[a.length];
    for (int i = 0; i < q.length; i++) {
      q[i] = a[i] - p[i];
    }
    double[] whole = evaluation.responses();
    int n = evaluation.samples();
    int m = evaluation.neurons();
    readings.set(0, meanCosine(whole, evaluation.softThreshold(p), n, m));
    readings.set(1, meanCosine(whole, evaluation.softThreshold(q), n, m));
  }

  private static double meanCosine(double[] whole, double[] part, int n, int m) {
    double sum = 0;
    for (int row = 0; row < n * m; row += m) {
      sum += Statistics.cosine(whole, row, part, row, m);
    }
    return sum / n;
  }
}
