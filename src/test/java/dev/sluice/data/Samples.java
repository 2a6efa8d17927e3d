package dev.sluice.data;

import java.util.Arrays;

/** What the tests of sources ask of many drawn numbers. */
final class Samples {
  private Samples() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static double covariance(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / a.length;
  }

  static double variance(double[] values) {
    return covariance(values, values);
  }

  static double correlation(double[] a, double[] b) {
    return covariance(a, b) / Math.sqrt(variance(a) * variance(b));
  }

  /** Column of a row-major matrix. */
  static double[] column(double[] values, int width, int column) {
    double[] picked = new double[values.length / width];
    for (int r = 0; r < picked.length; r++) {
      picked[r] = values[r * width + column];
    }
    return picked;
  }

  static double[] column(float[] values, int width, int column) {
    double[] picked = new double[values.length / width];
    for (int r = 0; r < picked.length; r++) {
      picked[r] = values[r * width + column];
    }
    return picked;
  }

  /**
   * Distance of Kolmogorov and Smirnov from the uniform law on [0, 1], in units of 1/sqrt(n): one
   * in a thousand lies above 1.95.
   */
  static double distanceFromUniform(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.max(sorted[i] - (double) i / n, (i + 1.0) / n - sorted[i]));
    }
    return largest * Math.sqrt(n);
  }
}
