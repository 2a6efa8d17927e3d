package dev.sluice.compute;

/**
 * Ordinary least squares with an intercept, for several targets at once: {@code prediction =
 * mean(y) + sum_c w_c (f_c - mean_c)}, by Householder reflections with column pivoting in float64.
 * A feature that is constant, or that the others already make up, gets weight 0. Predictions are
 * NaN where the samples were not finite. Immutable.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, 4th ed., sections 5.3 and 5.4.2.
 */
public final class LeastSquares {
  private static final double EPSILON = 0x1.0p-52;

  private final int features;
  private final int outputs;
  private final double[] featureMeans;
  private final double[] targetMeans;
  private final double[] weights;
  private final int rank;

  /**
   * @param samples row-major, n x features
   * @param targets row-major, n x outputs
   * @param n at least 1; with fewer than features + 1 the fit is exact and says little
   */
  public LeastSquares(double[] samples, int features, double[] targets, int outputs, int n) {
    if (n < 1 || features < 1 || samples.length != n * features || targets.length != n * outputs) {
      throw new IllegalArgumentException(
          "samples of %d x %d with targets of %d x %d, given %d and %d entries"
              .formatted(n, features, n, outputs, samples.length, targets.length));
    }
    this.features = features;
    this.outputs = outputs;
    featureMeans = means(samples, n, features);
    targetMeans = means(targets, n, outputs);
    double[] centred = samples.clone();
    double[] wanted = targets.clone();
    Statistics.centreColumns(centred, n, features);
    Statistics.centreColumns(wanted, n, outputs);
    Fit fit =
        new Fit(
            Statistics.transpose(centred, n, features),
            features,
            Statistics.transpose(wanted, n, outputs),
            outputs,
            n);
    rank = fit.reduce();
    weights = fit.solve(rank);
  }

  /** Features that carry weight. */
  public int rank() {
    return rank;
  }

  /**
   * Predictions, row-major n x outputs.
   *
   * @param samples row-major n x features
   */
  public double[] predict(double[] samples) {
    int n = samples.length / features;
    double[] predictions = new double[n * outputs];
    for (int p = 0; p < n; p++) {
      System.arraycopy(targetMeans, 0, predictions, p * outputs, outputs);
      for (int c = 0; c < features; c++) {
        double deviation = samples[p * features + c] - featureMeans[c];
        Statistics.addScaled(deviation, weights, c * outputs, predictions, p * outputs, outputs);
      }
    }
    return predictions;
  }

  private static double[] means(double[] values, int n, int columns) {
    double[] sums = new double[columns];
    for (int p = 0; p < n; p++) {
      Statistics.addScaled(1, values, p * columns, sums, 0, columns);
    }
    for (int c = 0; c < columns; c++) {
      sums[c] /= n;
    }
    return sums;
  }

  /** Working state: features and targets as rows, so that a reflection runs along memory. */
  private static final class Fit {
    private final double[] columns;
    private final int count;
    private final double[] targets;
    private final int outputs;
    private final int n;
    private final int[] order;
    private final double[] scale;
    private final double[] diagonal;

    Fit(double[] columns, int count, double[] targets, int outputs, int n) {
      this.columns = columns;
      this.count = count;
      this.targets = targets;
      this.outputs = outputs;
      this.n = n;
      order = new int[count];
      scale = new double[count];
      diagonal = new double[count];
      for (int c = 0; c < count; c++) {
        order[c] = c;
        double norm = norm(c, 0);
        scale[c] = norm > 0 ? 1 / norm : norm; // keeps a NaN
        for (int p = 0; p < n; p++) {
          columns[c * n + p] *= scale[c];
        }
      }
    }

    /** Reflects until what is left of every feature is rounding; returns how many were needed. */
    int reduce() {
      double least = Math.max(n, count) * EPSILON;
      for (int step = 0; step < Math.min(count, n); step++) {
        int pivot = step;
        for (int c = step + 1; c < count; c++) {
          if (!(norm(c, step) <= norm(pivot, step))) {
            pivot = c;
          }
        }
        swap(step, pivot);
        if (norm(step, step) <= least) {
          return step;
        }
        reflect(step);
      }
      return Math.min(count, n);
    }

    /** Weights, count x outputs, by back substitution over the first {@code rank} features. */
    double[] solve(int rank) {
      double[] solution = new double[count * outputs];
      for (int o = 0; o < outputs; o++) {
        for (int i = rank - 1; i >= 0; i--) {
          double rest = targets[o * n + i];
          for (int j = i + 1; j < rank; j++) {
            rest -= columns[j * n + i] * solution[order[j] * outputs + o];
          }
          solution[order[i] * outputs + o] = rest / diagonal[i];
        }
      }
      // last, because the sums above are in units of the scaled features
      for (int c = 0; c < count; c++) {
        for (int o = 0; o < outputs; o++) {
          solution[order[c] * outputs + o] *= scale[c];
        }
      }
      return solution;
    }

    private double norm(int column, int from) {
      int at = column * n + from;
      return Math.sqrt(Statistics.dot(columns, at, columns, at, n - from));
    }

    private void swap(int a, int b) {
      if (a == b) {
        return;
      }
      for (int p = 0; p < n; p++) {
        double kept = columns[a * n + p];
        columns[a * n + p] = columns[b * n + p];
        columns[b * n + p] = kept;
      }
      int place = order[a];
      order[a] = order[b];
      order[b] = place;
      double factor = scale[a];
      scale[a] = scale[b];
      scale[b] = factor;
    }

    /** Leaves the Householder vector of a step in its column, and its norm in the diagonal. */
    private void reflect(int step) {
      int at = step * n + step;
      double norm = norm(step, step);
      double target = columns[at] > 0 ? -norm : norm;
      columns[at] -= target;
      diagonal[step] = target;
      double weight = -1 / (target * columns[at]);
      for (int c = step + 1; c < count; c++) {
        apply(at, weight, columns, c * n + step, n - step);
      }
      for (int o = 0; o < outputs; o++) {
        apply(at, weight, targets, o * n + step, n - step);
      }
    }

    private void apply(int at, double weight, double[] values, int offset, int length) {
      double dot = Statistics.dot(columns, at, values, offset, length);
      Statistics.addScaled(-weight * dot, columns, at, values, offset, length);
    }
  }
}
