package dev.sluice.compute;

/**
 * Linear regression with a ridge on standardised features: {@code prediction = mean(y) + sum_c w_c
 * (f_c - mean_c) / deviation_c}, w from {@code (X'X + n ridge I) w = X'(y - mean y)} with X the
 * standardised features, solved by Cholesky in float64. A feature that does not vary gets weight 0.
 * Immutable.
 *
 * <p>Source: Hoerl and Kennard 1970.
 */
public final class RidgeRegression {
  private final int features;
  private final double[] mean;
  private final double[] scale;
  private final double[] weights;
  private final double intercept;

  /**
   * @param samples row-major, n x features
   * @param targets length n
   * @param ridge above 0, as a share of a standardised feature's variance
   */
  public RidgeRegression(double[] samples, double[] targets, int features, double ridge) {
    int n = targets.length;
    if (n == 0 || samples.length != n * features) {
      throw new IllegalArgumentException(
          n + " targets need samples of " + n + " x " + features + ", given " + samples.length);
    }
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("ridge must be positive: " + ridge);
    }
    this.features = features;
    mean = new double[features];
    scale = new double[features];
    double[] standard = standardise(samples, n);
    intercept = Statistics.mean(targets);
    double[] gram = Statistics.gramOfColumns(standard, n, features);
    double[] moments = new double[features];
    for (int p = 0; p < n; p++) {
      Statistics.addScaled(targets[p] - intercept, standard, p * features, moments, 0, features);
    }
    for (int c = 0; c < features; c++) {
      gram[c * features + c] += n * ridge;
    }
    weights = solve(gram, moments, features);
  }

  /** Predictions for samples, row-major n x features. */
  public double[] predict(double[] samples) {
    double[] predictions = new double[samples.length / features];
    for (int p = 0; p < predictions.length; p++) {
      double sum = intercept;
      for (int c = 0; c < features; c++) {
        sum += weights[c] * (samples[p * features + c] - mean[c]) * scale[c];
      }
      predictions[p] = sum;
    }
    return predictions;
  }

  /** Fills {@link #mean} and {@link #scale}, 1 / deviation, or 0 where there is none. */
  private double[] standardise(double[] samples, int n) {
    double[] standard = samples.clone();
    Statistics.centreColumns(standard, n, features);
    for (int p = 0; p < n; p++) {
      for (int c = 0; c < features; c++) {
        mean[c] += samples[p * features + c] / n;
        scale[c] += standard[p * features + c] * standard[p * features + c];
      }
    }
    for (int c = 0; c < features; c++) {
      scale[c] = scale[c] == 0 ? 0 : 1 / Math.sqrt(scale[c] / n);
    }
    for (int i = 0; i < standard.length; i++) {
      standard[i] *= scale[i % features];
    }
    return standard;
  }

  /**
   * Solves A x = y for a symmetric positive definite A by Cholesky; all NaN where A is not finite.
   *
   * @param matrix row-major n x n, overwritten by its factor
   */
  static double[] solve(double[] matrix, double[] right, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i * n + j] - Statistics.dot(matrix, i * n, matrix, j * n, j);
        matrix[i * n + j] = i == j ? Math.sqrt(rest) : rest / matrix[j * n + j];
      }
    }
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - Statistics.dot(matrix, i * n, x, 0, i)) / matrix[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      x[i] /= matrix[i * n + i];
      Statistics.addScaled(-x[i], matrix, i * n, x, 0, i);
    }
    return x;
  }
}
