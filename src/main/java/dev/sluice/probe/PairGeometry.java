package dev.sluice.probe;

import dev.sluice.compute.Statistics;

/**
 * Embeddings of the two views of samples (n x d each, row-major) as directions u = z / |z|, in
 * float64. A row of zeros stays zero and has cosine 0 with everything. NaN in, NaN out.
 *
 * <p>Source: Wang and Isola 2020, arXiv 2005.10242.
 */
public final class PairGeometry {
  private PairGeometry() {}

  /** Mean squared distance of the u of a positive pair, 0 to 4; lower is better, 0 if collapsed. */
  public static double alignment(double[] z0, double[] z1, int n, int d) {
    double[] difference = Statistics.unitRows(z0, n, d);
    Statistics.addScaled(-1, Statistics.unitRows(z1, n, d), 0, difference, 0, difference.length);
    return Statistics.dot(difference, difference) / n;
  }

  /** Mean cosine of a positive pair, -1 to 1; higher is better, 1 also if collapsed. */
  public static double positiveCosine(double[] z0, double[] z1, int n, int d) {
    return Statistics.dot(Statistics.unitRows(z0, n, d), Statistics.unitRows(z1, n, d)) / n;
  }

  /** Mean cosine of views of different samples, -1 to 1; 1 is collapse. NaN below two samples. */
  public static double negativeCosine(double[] z0, double[] z1, int n, int d) {
    return n < 2 ? Double.NaN : ViewGeometry.negativeCosine(z0, z1, n, d);
  }

  /** Positive minus negative cosine: above 0 when samples are told apart, 0 is collapse. */
  public static double gap(double[] z0, double[] z1, int n, int d) {
    return positiveCosine(z0, z1, n, d) - negativeCosine(z0, z1, n, d);
  }

  /**
   * Log mean over pairs of samples of exp(-2 |u_p - u_q|^2), with |u_p - u_q|^2 = 2 - 2 cos, so
   * that a row of zeros is at right angles to all; -8 to 0, about -4 in many dimensions, 0 is
   * collapse. NaN below two samples and where every row is zero: then no direction is spread.
   */
  public static double uniformity(double[] z, int n, int d) {
    double[] unit = Statistics.unitRows(z, n, d);
    if (n < 2 || Statistics.dot(unit, unit) == 0) {
      return Double.NaN;
    }
    double[] products = Statistics.gramOfRows(unit, n, d);
    for (int p = 0; p < n; p++) {
      products[p * n + p] = 1;
    }
    return Uniformity.logMeanPotential(products, n);
  }
}
