package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The eigenvalues of the embeddings' second moments F and, where there is a predictor, its own and
 * how far the two share their eigenvectors.
 */
public final class PredictorProbe implements NetworkProbe {
  private static final MetricSpec PREDICTOR =
      MetricSpec.gauge(
          "predictor_eigenvalue",
          "1",
          "Eigenvalues of the symmetric part of the predictor, mean, smallest and largest.",
          Source.TIAN_DYNAMICS,
          Label.OF_STAT);
  private static final MetricSpec MOMENT =
      MetricSpec.gauge(
          "embedding_moment_eigenvalue",
          "1",
          "Eigenvalues of the second moments of the embeddings, not centred, at least 0, mean, smallest and largest; all near 0 is collapse of the norm.",
          Source.TIAN_DYNAMICS,
          Label.OF_STAT);
  private static final MetricSpec COMMUTATOR =
      MetricSpec.gauge(
          "predictor_commutator",
          "ratio",
          "Norm of the commutator of predictor and second moments over the product of their norms, 0 to 2; falls as they come to share their eigenvectors.",
          Source.TIAN_DYNAMICS);
  private static final MetricSpec ALIGNMENT =
      MetricSpec.gauge(
          "predictor_alignment",
          "ratio",
          "Mean over the eigenvectors of the second moments of the magnitude of the cosine with their image under the predictor, 0 to 1, rises with alignment.",
          Source.TIAN_DYNAMICS);

  private final boolean predictor;

  /**
   * @param predictor whether the system has one
   */
  public PredictorProbe(boolean predictor) {
    this.predictor = predictor;
  }

  @Override
  public String name() {
    return "predictor";
  }

  @Override
  public List<Series> series() {
    List<Series> series =
        new ArrayList<>(List.of(MOMENT.with("mean"), MOMENT.with("min"), MOMENT.with("max")));
    if (predictor) {
      series.addAll(
          List.of(
              PREDICTOR.with("mean"),
              PREDICTOR.with("min"),
              PREDICTOR.with("max"),
              COMMUTATOR.with(),
              ALIGNMENT.with()));
    }
    return series;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** A Gram matrix, three eigenvalue problems and two products. */
  @Override
  public double flops(ProbeShape shape) {
    double m = shape.neurons();
    return shape.evaluation() * m * m + 60 * m * m * m;
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    int m = evaluation.neurons();
    double[] moments =
        NonContrastive.secondMoments(evaluation.responses0(), evaluation.samples(), m);
    write(NonContrastive.symmetricEigenvalues(moments, m), readings, 0);
    if (!predictor) {
      return;
    }
    double[] weights = evaluation.parameter("predictor.weight");
    write(NonContrastive.symmetricEigenvalues(weights, m), readings, 3);
    readings.setIfDefined(6, NonContrastive.commutator(weights, moments, m));
    readings.setIfDefined(7, NonContrastive.eigenvectorCosine(weights, moments, m));
  }

  /** Mean, smallest and largest of eigenvalues in descending order. */
  private static void write(double[] values, Readings readings, int index) {
    readings.set(index, Statistics.mean(values));
    readings.set(index + 1, values[values.length - 1]);
    readings.set(index + 2, values[0]);
  }
}
