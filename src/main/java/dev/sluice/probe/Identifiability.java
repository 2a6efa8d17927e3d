package dev.sluice.probe;

import dev.sluice.compute.Assignment;
import dev.sluice.compute.ColumnCorrelation;

/**
 * Whether a representation has found the true latents one by one, and not only their span, which
 * {@link LinearReadout} tells.
 *
 * <p>Source: Hyvarinen and Morioka 2016; Zimmermann et al. 2021, arXiv 2102.08850.
 */
public final class Identifiability {
  private Identifiability() {}

  /**
   * Mean correlation coefficient: mean over latents of the magnitude of the correlation with the
   * feature assigned to it, by the one-to-one assignment for which it is largest; 0 to 1, higher is
   * better. What does not vary is not correlated, and a latent left without a feature counts as 0.
   * NaN below two samples and where a correlation is NaN.
   *
   * @param latents row-major, n x latentCount
   * @param features row-major, n x featureCount
   */
  public static double meanCorrelation(
      double[] latents, int latentCount, double[] features, int featureCount, int n) {
    if (n < 2) {
      return Double.NaN;
    }
    ColumnCorrelation correlation =
        new ColumnCorrelation(latents, latentCount, features, featureCount, n);
    int size = Math.max(latentCount, featureCount);
    double[] scores = new double[size * size];
    for (int i = 0; i < latentCount; i++) {
      for (int j = 0; j < featureCount; j++) {
        double score = Math.abs(correlation.of(i, j));
        if (Double.isNaN(score)) {
          return Double.NaN;
        }
        scores[i * size + j] = score;
      }
    }
    int[] assigned = Assignment.best(scores, size);
    double sum = 0;
    for (int i = 0; i < latentCount; i++) {
      sum += scores[i * size + assigned[i]];
    }
    return sum / latentCount;
  }
}
