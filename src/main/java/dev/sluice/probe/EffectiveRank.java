package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.compute.SymmetricEigen;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How many dimensions the embeddings of un-augmented samples really use.
 *
 * <p>{@code rankme}: exp of the entropy of s_i / sum s, s the singular values of f (n x m), not
 * centred: sees complete collapse. {@code covariance}: exp of the entropy of l_i / sum l, l the
 * eigenvalues of the covariance of f, centred: sees dimensional collapse behind a constant offset.
 * Both are 0 where there is no energy. All in float64, from the smaller Gram matrix; what lies
 * below the rounding of its largest eigenvalue counts as 0.
 */
public final class EffectiveRank implements RepresentationProbe {
  private static final double EPSILON = 0x1.0p-52;
  private static final List<String> KIND_AND_LAYER = List.of("kind", Label.LAYER);
  private static final String RANK_ME = "Garrido et al. 2023, arXiv 2210.02885";
  private static final String ENTROPY = RANK_ME + "; Roy and Vetterli 2007";

  private static final MetricSpec RANK =
      MetricSpec.gauge(
          "embedding_effective_rank",
          "dimensions",
          "Exponential entropy of the singular values of the embeddings (rankme) and of the"
              + " eigenvalues of their covariance (covariance), 0 to min(samples, dimensions); a"
              + " fall is dimensional collapse.",
          ENTROPY,
          KIND_AND_LAYER);

  private static final MetricSpec RATIO =
      MetricSpec.gauge(
          "embedding_effective_rank_ratio",
          "ratio",
          "Effective rank over min(samples, dimensions), 0 to 1, higher is better.",
          ENTROPY,
          KIND_AND_LAYER);

  private static final MetricSpec TOP =
      MetricSpec.gauge(
          "embedding_top_eigenvalue_ratio",
          "ratio",
          "Largest eigenvalue of the embeddings' covariance over their sum, 0 to 1; near 1 is"
              + " dimensional collapse, 0 where nothing varies.",
          Source.DEFINITION,
          Label.OF_LAYER);

  private static final MetricSpec SAMPLES =
      MetricSpec.gauge(
          "embedding_rank_samples",
          "samples",
          "Samples that the effective ranks stand on; they are biased low below four times the"
              + " dimensions.",
          Source.DEFINITION,
          Label.OF_LAYER);

  @Override
  public String name() {
    return "effective-rank";
  }

  @Override
  public List<Series> series() {
    return List.of(
        RANK.with("rankme", Label.ENCODER),
        RANK.with("covariance", Label.ENCODER),
        RATIO.with("rankme", Label.ENCODER),
        RATIO.with("covariance", Label.ENCODER),
        TOP.with(Label.ENCODER),
        SAMPLES.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.ANCHORS);
  }

  /** Twice the half of a Gram matrix, n m min, and twice its eigenvalues, 8/3 min^3. */
  @Override
  public double flops(ProbeShape shape) {
    double n = shape.evaluation();
    double m = shape.neurons();
    double least = Math.min(n, m);
    return 2 * (n * m * least + 8.0 / 3 * least * least * least);
  }

  @Override
  public void measure(Evaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    double[] embeddings = evaluation.responses();
    double[] variances = centredEigenvalues(embeddings, n, m);
    double rankMe = rankMe(embeddings, n, m);
    double covariance = Statistics.effectiveRank(variances);
    double total = Statistics.mean(variances) * variances.length;
    readings.set(0, rankMe);
    readings.set(1, covariance);
    readings.set(2, rankMe / Math.min(n, m));
    readings.set(3, covariance / Math.min(n, m));
    readings.set(4, total == 0 ? 0 : variances[0] / total);
    readings.set(5, n);
  }

  /** Eigenvalues of the centred covariance of the embeddings, min(n, m) of them, largest first. */
  public static double[] covarianceSpectrum(Evaluation evaluation) {
    int n = evaluation.samples();
    double[] values = centredEigenvalues(evaluation.responses(), n, evaluation.neurons());
    for (int i = 0; i < values.length; i++) {
      values[i] /= n;
    }
    return values;
  }

  /** exp of the entropy of the singular values of a matrix, n x m. */
  static double rankMe(double[] embeddings, int n, int m) {
    double[] values = squaredSingularValues(embeddings, n, m);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sqrt(values[i]);
    }
    return Statistics.effectiveRank(values);
  }

  private static double[] centredEigenvalues(double[] embeddings, int n, int m) {
    double[] centred = embeddings.clone();
    Statistics.centreColumns(centred, n, m);
    return squaredSingularValues(centred, n, m);
  }

  /** min(n, m) squared singular values, largest first; rounding errors of the largest are 0. */
  static double[] squaredSingularValues(double[] rows, int n, int m) {
    int size = Math.min(n, m);
    double[] gram =
        m <= n ? Statistics.gramOfColumns(rows, n, m) : Statistics.gramOfRows(rows, n, m);
    double[] values = SymmetricEigen.values(gram, size);
    double least = size == 0 ? 0 : Math.max(n, m) * EPSILON * values[0];
    for (int i = 0; i < size; i++) {
      values[i] = values[i] <= least ? 0 : values[i];
    }
    return values;
  }
}
