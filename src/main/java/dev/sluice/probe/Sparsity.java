package dev.sluice.probe;

import java.util.Arrays;

/**
 * How few of the units of a layer speak, and how unevenly: responses z (n x d, row-major) in
 * float64. NaN where an entry is, and without samples.
 */
public final class Sparsity {
  private Sparsity() {}

  /** Share of units that are 0 on every sample, 0 to 1; 1 is a dead layer. */
  public static double deadFraction(double[] z, int n, int d) {
    double[] largest = new double[d];
    for (int i = 0; i < n * d; i++) {
      largest[i % d] = Math.max(largest[i % d], Math.abs(z[i])); // keeps a NaN
    }
    return n == 0 ? Double.NaN : 1 - shareAboveZero(largest);
  }

  /** Share of entries that are not 0, 0 to 1. */
  public static double activeFraction(double[] z) {
    double[] magnitudes = z.clone();
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(magnitudes[i]);
    }
    return shareAboveZero(magnitudes);
  }

  /**
   * Mean over samples of (sqrt(d) - |z|_1 / |z|_2) / (sqrt(d) - 1): 0 flat to 1 one unit alone; a
   * silent sample counts as 1. NaN for a single unit, which is flat and alone at once.
   *
   * <p>Source: Hoyer 2004.
   */
  public static double hoyer(double[] z, int n, int d) {
    double root = Math.sqrt(d);
    double sum = 0;
    for (int p = 0; p < n; p++) {
      double absolute = absoluteSum(z, p * d, d);
      double ratio = absolute == 0 ? 1 : absolute / Alignment.norm(z, p * d, d);
      sum += (root - ratio) / (root - 1);
    }
    return sum / n;
  }

  /**
   * Mean over samples of the Gini index of the magnitudes, 0 flat to 1 - 1/d one unit alone; a
   * silent sample counts as 0, because its units are all alike.
   *
   * <p>Source: Hurley and Rickard 2009.
   */
  public static double gini(double[] z, int n, int d) {
    double sum = 0;
    double[] magnitudes = new double[d];
    for (int p = 0; p < n; p++) {
      for (int c = 0; c < d; c++) {
        magnitudes[c] = Math.abs(z[p * d + c]);
      }
      Arrays.sort(magnitudes);
      double total = absoluteSum(z, p * d, d);
      double weighted = 0;
      for (int k = 0; k < d; k++) {
        weighted += magnitudes[k] * (d - k - 0.5) / d;
      }
      sum += total == 0 ? 0 : 1 - 2 * weighted / total;
    }
    return sum / n;
  }

  private static double absoluteSum(double[] z, int offset, int length) {
    double sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += Math.abs(z[i]);
    }
    return sum;
  }

  private static double shareAboveZero(double[] magnitudes) {
    double above = 0;
    for (double magnitude : magnitudes) {
      // a NaN makes the share one
      above += magnitude > 0 ? 1 : magnitude;
    }
    return above / magnitudes.length;
  }
}
