package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * The health of a representation in the measures of the field, beside those that detectors read:
 * how many dimensions carry it, how its spectrum decays, how alike its coordinates are.
 */
public final class HealthProbe implements NetworkProbe {
  private static final MetricSpec PARTICIPATION =
      MetricSpec.gauge(
          "embedding_participation_ratio",
          "dimensions",
          "Squared sum of the covariance's eigenvalues over the sum of their squares, 1 to m, higher is better; 0 where nothing varies.",
          Source.DEFINITION,
          Label.OF_LAYER);
  private static final MetricSpec STABLE =
      MetricSpec.gauge(
          "embedding_stable_rank",
          "dimensions",
          "Squared Frobenius norm of the embeddings over their largest squared singular value, not centred, 1 to min(samples, m); 1 when all point one way, 0 where all are 0.",
          Source.DEFINITION,
          Label.OF_LAYER);
  private static final MetricSpec DECAY =
      MetricSpec.gauge(
          "embedding_spectrum_decay",
          "1",
          "Minus the slope of the logarithm of the covariance's eigenvalues over that of their rank, dead dimensions left out; by our reading about 1 when healthy, much more is dimensional collapse.",
          "after Agrawal et al. 2022 (alpha-ReQ)",
          Label.OF_LAYER);
  private static final MetricSpec LIDAR =
      MetricSpec.gauge(
          "embedding_lidar",
          "dimensions",
          "Effective rank of the scatter between samples in units of the scatter within pairs, about 1 to m, higher is better; 0 where nothing varies.",
          "Thilak et al. 2023, arXiv 2312.04000",
          Label.OF_LAYER);
  private static final MetricSpec REDUNDANCY =
      MetricSpec.gauge(
          "embedding_redundancy",
          "ratio",
          "Mean magnitude of the correlation of two coordinates, 0 to 1, lower is better.",
          "Bardes et al. 2021, arXiv 2105.04906; Zbontar et al. 2021, arXiv 2103.03230",
          Label.OF_LAYER);
  private static final MetricSpec DEAD =
      MetricSpec.gauge(
          "embedding_dead_ratio",
          "ratio",
          "Share of coordinates that are 0 on every sample, 0 to 1, lower is better.",
          Source.DEFINITION,
          Label.OF_LAYER);
  private static final MetricSpec SPARSENESS =
      MetricSpec.gauge(
          "embedding_sparseness",
          "ratio",
          "How unevenly a sample uses its coordinates, mean over samples of Hoyer's measure, 0 (flat) to 1 (one coordinate alone).",
          "Hoyer 2004",
          Label.OF_LAYER);

  @Override
  public String name() {
    return "health";
  }

  @Override
  public List<Series> series() {
    return List.of(
        PARTICIPATION.with(Label.ENCODER),
        STABLE.with(Label.ENCODER),
        DECAY.with(Label.ENCODER),
        LIDAR.with(Label.ENCODER),
        REDUNDANCY.with(Label.ENCODER),
        DEAD.with(Label.ENCODER),
        SPARSENESS.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Five Gram matrices and as many eigenvalue problems. */
  @Override
  public double flops(ProbeShape shape) {
    double n = shape.evaluation();
    double m = shape.neurons();
    return 10 * n * m * m + 30 * m * m * m;
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    double[] z0 = evaluation.responses0();
    double[] z1 = evaluation.responses1();
    double[] spectrum = Dimensionality.spectrum(z0, n, m);
    readings.setIfDefined(0, Dimensionality.participationRatio(spectrum));
    readings.setIfDefined(1, Dimensionality.stableRank(z0, n, m));
    readings.setIfDefined(2, Dimensionality.decayOfLive(spectrum));
    readings.setIfDefined(3, Dimensionality.lidar(z0, z1, n, m));
    readings.setIfDefined(4, Redundancy.correlation(z0, n, m));
    readings.setIfDefined(5, Sparsity.deadFraction(z0, n, m));
    readings.setIfDefined(6, Sparsity.hoyer(z0, n, m));
  }
}
