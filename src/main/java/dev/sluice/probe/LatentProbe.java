package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * Whether the embedding has found the latents that the samples were rendered from: their span (R2)
 * and each by itself (MCC).
 */
public final class LatentProbe implements NetworkProbe {
  private static final MetricSpec R2 =
      MetricSpec.gauge(
          "latent_r2",
          "ratio",
          "Mean share of the variance of the true latents that a linear map of the embedding explains, at most 1, higher is better.",
          Source.ZIMMERMANN);
  private static final MetricSpec MCC =
      MetricSpec.gauge(
          "latent_mcc",
          "ratio",
          "Mean correlation of each latent with the coordinate assigned to it, 0 to 1, higher is better; on a sphere latents are found up to a rotation only.",
          Source.ZIMMERMANN);

  @Override
  public String name() {
    return "latents";
  }

  @Override
  public List<Series> series() {
    return List.of(R2.with(), MCC.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Least squares, correlations and an assignment. */
  @Override
  public double flops(ProbeShape shape) {
    double n = shape.evaluation();
    double m = shape.neurons();
    return 6 * n * m * m + 10 * m * m * m;
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    int count = evaluation.latentCount();
    double[] z = evaluation.responses0();
    double[] latents = evaluation.latents();
    readings.setIfDefined(0, LinearReadout.meanR2(z, latents, m, count));
    readings.setIfDefined(1, Identifiability.meanCorrelation(latents, count, z, m, n));
  }
}
