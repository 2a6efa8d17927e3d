package dev.sluice.probe;

import dev.sluice.compute.Statistics;

/**
 * How much the dimensions of embeddings z (n x d, row-major) say the same, from their covariance
 * with divisor n - 1, in float64. NaN in, NaN out, and NaN below two samples or two dimensions.
 */
public final class Redundancy {
  /** Added to each deviation, so that one of rounding errors correlates with nothing. */
  private static final double DEVIATION_FLOOR = 1e-8;

  private Redundancy() {}

  /**
   * Sum over i != j of the squared covariance, over d; at least 0, small is good.
   *
   * <p>Source: Bardes et al. 2021, arXiv 2105.04906.
   */
  public static double covariance(double[] z, int n, int d) {
    if (n < 2 || d < 2) {
      return Double.NaN;
    }
    double[] covariance = covarianceOf(z, n, d);
    double sum = 0;
    for (int i = 0; i < covariance.length; i++) {
      sum += i % (d + 1) == 0 ? 0 : covariance[i] * covariance[i];
    }
    return sum / d;
  }

  /**
   * Mean over i != j of the magnitude of the correlation, 0 to 1; 1 is dimensional collapse.
   * Deviations are taken 1e-8 larger; a dimension that does not vary counts as uncorrelated. NaN
   * where none varies.
   *
   * <p>Source: after Zbontar et al. 2021, arXiv 2103.03230.
   */
  public static double correlation(double[] z, int n, int d) {
    if (n < 2 || d < 2) {
      return Double.NaN;
    }
    double[] covariance = covarianceOf(z, n, d);
    double sum = 0;
    double variance = 0;
    for (int i = 0; i < d; i++) {
      variance += covariance[i * d + i];
      for (int j = 0; j < i; j++) {
        double scale = deviation(covariance, i, d) * deviation(covariance, j, d);
        sum += Math.abs(covariance[i * d + j]) / scale;
      }
    }
    return variance == 0 ? Double.NaN : sum / (0.5 * d * (d - 1));
  }

  private static double deviation(double[] covariance, int i, int d) {
    return Math.sqrt(covariance[i * d + i]) + DEVIATION_FLOOR;
  }

  private static double[] covarianceOf(double[] z, int n, int d) {
    double[] centred = z.clone();
    Statistics.centreColumns(centred, n, d);
    double[] covariance = Statistics.gramOfColumns(centred, n, d);
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] /= n - 1;
    }
    return covariance;
  }
}
