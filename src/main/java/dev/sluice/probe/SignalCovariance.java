package dev.sluice.probe;

import dev.sluice.compute.Statistics;

/**
 * The responses of two views split exactly into a sparse and a dense part, and the parts'
 * covariances between the views.
 *
 * <p>With p the pre-activation of the sparse part of a view, q = a - p that of its dense part and
 * kappa = max(0, 1 - b / |a|) (0 for a = 0), the soft threshold is f = kappa a, so that f = f^S +
 * f^D exactly with f^S = kappa p and f^D = kappa q. Covariances and variances are summed over
 * neurons, divided by the number of samples.
 *
 * <p>Keeps its scratch from one measurement to the next.
 */
final class SignalCovariance {
  double sparse;
  double dense;
  double cross;
  double sparseVariance0;
  double sparseVariance1;
  double denseVariance0;
  double denseVariance1;

  private double[] sparse0 = {};
  private double[] sparse1 = {};
  private double[] dense0 = {};
  private double[] dense1 = {};
  private double[] scratch = {};

  /** Flops of a measurement: splitting, centring and eight sums over n m entries. */
  static double flops(double samples, double neurons) {
    return samples * neurons * (2 * 6 + 4 * 3 + 8 * 2);
  }

  /**
   * @param a0 pre-activations of the first views, n x m
   * @param p0 of their sparse parts
   * @param a1 of the second views
   * @param p1 of their sparse parts
   * @param thresholds b, length m
   */
  void measure(
      double[] a0,
      double[] p0,
      double[] a1,
      double[] p1,
      double[] thresholds,
      int samples,
      int neurons) {
    int entries = samples * neurons;
    if (sparse0.length != entries) {
      sparse0 = new double[entries];
      sparse1 = new double[entries];
      dense0 = new double[entries];
      dense1 = new double[entries];
      scratch = new double[2 * neurons];
    }
    split(a0, p0, thresholds, sparse0, dense0);
    split(a1, p1, thresholds, sparse1, dense1);
    Statistics.centreColumns(sparse0, samples, neurons, scratch);
    Statistics.centreColumns(sparse1, samples, neurons, scratch);
    Statistics.centreColumns(dense0, samples, neurons, scratch);
    Statistics.centreColumns(dense1, samples, neurons, scratch);
    sparse = Statistics.dot(sparse0, sparse1) / samples;
    dense = Statistics.dot(dense0, dense1) / samples;
    cross = (Statistics.dot(sparse0, dense1) + Statistics.dot(dense0, sparse1)) / samples;
    sparseVariance0 = Statistics.dot(sparse0, sparse0) / samples;
    sparseVariance1 = Statistics.dot(sparse1, sparse1) / samples;
    denseVariance0 = Statistics.dot(dense0, dense0) / samples;
    denseVariance1 = Statistics.dot(dense1, dense1) / samples;
  }

  double sparseCorrelation() {
    return Statistics.correlation(sparse, sparseVariance0, sparseVariance1);
  }

  double denseCorrelation() {
    return Statistics.correlation(dense, denseVariance0, denseVariance1);
  }

  private static void split(
      double[] a, double[] p, double[] thresholds, double[] sparse, double[] dense) {
    int m = thresholds.length;
    for (int i = 0; i < sparse.length; i++) {
      double kappa = a[i] == 0 ? 0 : Math.max(0, 1 - thresholds[i % m] / Math.abs(a[i]));
      sparse[i] = kappa * p[i];
      dense[i] = kappa * (a[i] - p[i]);
    }
  }
}
