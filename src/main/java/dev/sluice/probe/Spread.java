package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import java.util.Arrays;

/**
 * How far embeddings z (n x d, row-major) reach and vary, in float64. What complete collapse shows
 * in first. NaN in, NaN out; what needs variation is NaN below two samples.
 */
public final class Spread {
  private Spread() {}

  /** Mean Euclidean norm, at least 0; falling to nothing is collapse. NaN without samples. */
  public static double meanNorm(double[] z, int n, int d) {
    double sum = 0;
    for (int p = 0; p < n; p++) {
      sum += Alignment.norm(z, p * d, d);
    }
    return sum / n;
  }

  /** Deviation of each dimension over samples (divisor n - 1), length d. */
  public static double[] deviations(double[] z, int n, int d) {
    return deviations(z, n, d, n - 1);
  }

  /** The smallest of {@link #deviations}: 0 when a dimension is dead. */
  public static double leastDeviation(double[] z, int n, int d) {
    double least = Double.POSITIVE_INFINITY;
    for (double deviation : deviations(z, n, d)) {
      least = Math.min(least, deviation); // keeps a NaN
    }
    return least;
  }

  /** Mean over dimensions of {@link #deviations}. */
  public static double meanDeviation(double[] z, int n, int d) {
    return Statistics.mean(deviations(z, n, d));
  }

  /**
   * sqrt(d) times the mean over dimensions of the population deviation of z / |z|, 0 to 1: near 1
   * when isotropic, 0 is complete collapse. A row of zeros stays zero; all zero is 0.
   *
   * <p>Source: Chen and He 2021, arXiv 2011.10566.
   */
  public static double unitDeviation(double[] z, int n, int d) {
    return Math.sqrt(d) * Statistics.mean(deviations(Statistics.unitRows(z, n, d), n, d, n));
  }

  private static double[] deviations(double[] z, int n, int d, int divisor) {
    double[] deviations = new double[d];
    if (n < 2) {
      Arrays.fill(deviations, Double.NaN);
      return deviations;
    }
    double[] centred = z.clone();
    Statistics.centreColumns(centred, n, d);
    for (int i = 0; i < centred.length; i++) {
      deviations[i % d] += centred[i] * centred[i];
    }
    for (int c = 0; c < d; c++) {
      deviations[c] = Math.sqrt(deviations[c] / divisor);
    }
    return deviations;
  }
}
