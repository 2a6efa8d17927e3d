package dev.sluice.compute;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Eigenvalues, and if wanted eigenvectors, of a real symmetric matrix in float64. Immutable.
 *
 * <p>Values are accurate to a few units in the last place of the largest magnitude, not of each
 * value. Only exact operations of the language are used, so that every JDK finds the same bits.
 */
public final class SymmetricEigen {
  /*
   * Householder reflections make the matrix tridiagonal, QL sweeps with implicit Wilkinson shifts
   * make that diagonal [1]. Nearly all the time goes into the rank-2 update of the remaining block
   * and its product with the next Householder vector. Both run in one pass over the full (not the
   * half) block, as multiples of rows added to rows: twice the flops of the textbook's triangle, but
   * loops that a just-in-time compiler vectorises, where sums along a row stay scalar.
   *
   * [1] Golub and Van Loan, Matrix Computations, 4th ed., sections 8.3.1 and 8.3.5.
   */
  private static final int MAX_SWEEPS = 60;

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Eigenvalues, largest first; all NaN where an entry is not finite.
   *
   * @param matrix row-major n x n, of which the lower triangle is read; stays as it is
   */
  public static double[] values(double[] matrix, int n) {
    return new Reduction(matrix, n, false).values();
  }

  /**
   * Eigenvalues, largest first, with orthonormal eigenvectors; all NaN where an entry is not
   * finite.
   *
   * @param matrix row-major n x n, of which the lower triangle is read; stays as it is
   */
  public static SymmetricEigen decompose(double[] matrix, int n) {
    Reduction reduction = new Reduction(matrix, n, true);
    double[] values = reduction.values();
    return new SymmetricEigen(values, reduction.vectors);
  }

  public int size() {
    return values.length;
  }

  /** The i-th largest eigenvalue. */
  public double value(int i) {
    return values[i];
  }

  /** Entry k of the unit eigenvector of {@link #value}(i). Its sign is arbitrary but fixed. */
  public double vectorEntry(int i, int k) {
    return vectors[i][k];
  }

  /** The unit eigenvector of {@link #value}(i). */
  public double[] vector(int i) {
    return vectors[i].clone();
  }

  /** U g(L) U' with U the eigenvectors and L the eigenvalues, row-major n x n. */
  public double[] map(DoubleUnaryOperator g) {
    int n = values.length;
    double[] mapped = new double[n * n];
    for (int i = 0; i < n; i++) {
      double value = g.applyAsDouble(values[i]);
      for (int k = 0; k < n; k++) {
        Statistics.addScaled(value * vectors[i][k], vectors[i], 0, mapped, k * n, n);
      }
    }
    return mapped;
  }

  /** The working state of one decomposition. */
  private static final class Reduction {
    private final int n;
    private final double[][] rows;
    private final double[] diagonal;
    private final double[] offDiagonal;
    private final double[] weights;
    private final double scale;
    private final boolean withVectors;
    private double[][] vectors = {};

    Reduction(double[] matrix, int n, boolean withVectors) {
      if (n < 0 || matrix.length != n * n) {
        throw new IllegalArgumentException(
            "matrix of " + n + " x " + n + " needs as many entries, given " + matrix.length);
      }
      this.n = n;
      this.withVectors = withVectors;
      rows = new double[n][n];
      diagonal = new double[n];
      offDiagonal = new double[n];
      weights = new double[n];
      double largest = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          largest = Math.max(largest, Math.abs(matrix[i * n + j])); // keeps a NaN
        }
      }
      scale = largest;
      double factor = largest > 0 ? 1 / largest : 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double entry = matrix[i * n + j] * factor;
          rows[i][j] = entry;
          rows[j][i] = entry;
        }
      }
    }

    double[] values() {
      if (!(scale < Double.POSITIVE_INFINITY)) {
        return undefined();
      }
      tridiagonalise();
      if (withVectors) {
        accumulateReflections();
      }
      sweep();
      return sorted();
    }

    private double[] undefined() {
      Arrays.fill(diagonal, Double.NaN);
      for (double[] row : rows) {
        Arrays.fill(row, Double.NaN);
      }
      vectors = rows;
      return diagonal;
    }

    /**
     * Leaves the Householder vector of step i in {@code rows[i]}, from i + 1 on, and 2 / |v|^2 in
     * {@code weights[i]}; 0 where nothing was to reflect.
     */
    private void tridiagonalise() {
      double[] product = new double[n];
      double[] weighted = new double[n];
      for (int i = 0; i < n; i++) {
        double[] row = rows[i];
        double[] before = rows[Math.max(0, i - 1)];
        if (i > 0) {
          subtract(row, before[i], weighted[i], before, weighted, i, n);
        }
        diagonal[i] = row[i];
        double weight = reflector(row, i);
        weights[i] = weight;
        Arrays.fill(product, i + 1, n, 0);
        updateAndMultiply(i, before, weighted, row, product);
        double dot = 0;
        for (int k = i + 1; k < n; k++) {
          dot += product[k] * row[k];
        }
        double half = weight * weight * dot / 2;
        for (int k = i + 1; k < n; k++) {
          weighted[k] = weight * product[k] - half * row[k];
        }
      }
    }

    /** Turns the row behind its diagonal into a Householder vector and notes the off-diagonal. */
    private double reflector(double[] row, int i) {
      if (i + 1 >= n) {
        return 0;
      }
      double square = 0;
      for (int k = i + 2; k < n; k++) {
        square += row[k] * row[k];
      }
      double first = row[i + 1];
      if (square == 0) {
        // nothing to reflect: weight 0 makes this step's update one of zeros
        offDiagonal[i] = first;
        row[i + 1] = 0;
        return 0;
      }
      double norm = Math.sqrt(first * first + square);
      double target = first > 0 ? -norm : norm;
      offDiagonal[i] = target;
      row[i + 1] = first - target;
      return 2 / (row[i + 1] * row[i + 1] + square);
    }

    /** Block behind i: minus the last step's rank-2 update, and times this step's vector. */
    private void updateAndMultiply(int i, double[] v, double[] w, double[] next, double[] product) {
      boolean update = i > 0;
      int j = i + 1;
      for (; j + 1 < n; j += 2) {
        double[] a0 = rows[j];
        double[] a1 = rows[j + 1];
        if (update) {
          subtract(a0, v[j], w[j], v, w, i + 1, n);
          subtract(a1, v[j + 1], w[j + 1], v, w, i + 1, n);
        }
        add(product, next[j], a0, next[j + 1], a1, i + 1, n);
      }
      if (j < n) {
        if (update) {
          subtract(rows[j], v[j], w[j], v, w, i + 1, n);
        }
        add(product, next[j], rows[j], 0, rows[j], i + 1, n);
      }
    }

    private static void subtract(
        double[] row, double v, double w, double[] vs, double[] ws, int from, int to) {
      for (int k = from; k < to; k++) {
        row[k] -= v * ws[k] + w * vs[k];
      }
    }

    private static void add(
        double[] sum, double x0, double[] a0, double x1, double[] a1, int from, int to) {
      for (int k = from; k < to; k++) {
        sum[k] += x0 * a0[k] + x1 * a1[k];
      }
    }

    /** Makes {@code vectors} the transpose of the product of all reflections. */
    private void accumulateReflections() {
      vectors = new double[n][n];
      for (int i = 0; i < n; i++) {
        vectors[i][i] = 1;
      }
      // Q' = H(n-2) .. H(0): built from the left end, so that row r needs only the reflections < r
      for (int i = n - 2; i >= 0; i--) {
        if (weights[i] == 0) {
          continue;
        }
        double[] v = rows[i];
        for (int r = i + 1; r < n; r++) {
          double[] row = vectors[r];
          double dot = 0;
          for (int k = i + 1; k < n; k++) {
            dot += row[k] * v[k];
          }
          double factor = weights[i] * dot;
          for (int k = i + 1; k < n; k++) {
            row[k] -= factor * v[k];
          }
        }
      }
    }

    /** QL sweeps over the tridiagonal matrix; rotations go to the rows of {@code vectors}. */
    private void sweep() {
      double norm = 0;
      for (int i = 0; i < n; i++) {
        norm = Math.max(norm, Math.abs(diagonal[i]) + Math.abs(offDiagonal[i]));
      }
      double negligible = 0x1.0p-53 * norm;
      for (int l = 0; l < n; l++) {
        int sweeps = 0;
        for (int m = blockEnd(l, negligible); m > l; m = blockEnd(l, negligible)) {
          if (++sweeps > MAX_SWEEPS) {
            throw new ArithmeticException(
                "no eigenvalue " + l + " of " + n + " after " + MAX_SWEEPS + " sweeps");
          }
          sweep(l, m);
        }
      }
    }

    private int blockEnd(int l, double negligible) {
      int m = l;
      while (m < n - 1 && Math.abs(offDiagonal[m]) > negligible) {
        m++;
      }
      return m;
    }

    private void sweep(int l, int m) {
      double[] d = diagonal;
      double[] e = offDiagonal;
      double ratio = (d[l + 1] - d[l]) / (2 * e[l]);
      double root = Math.sqrt(ratio * ratio + 1);
      double g = d[m] - d[l] + e[l] / (ratio + (ratio >= 0 ? root : -root));
      double sine = 1;
      double cosine = 1;
      double shift = 0;
      for (int i = m - 1; i >= l; i--) {
        double f = sine * e[i];
        double b = cosine * e[i];
        double length = Math.sqrt(f * f + g * g);
        e[i + 1] = length;
        if (length == 0) {
          d[i + 1] -= shift;
          e[m] = 0;
          return;
        }
        double inverse = 1 / length;
        sine = f * inverse;
        cosine = g * inverse;
        g = d[i + 1] - shift;
        double t = (d[i] - g) * sine + 2 * cosine * b;
        shift = sine * t;
        d[i + 1] = g + shift;
        g = cosine * t - b;
        if (withVectors) {
          rotate(vectors[i], vectors[i + 1], sine, cosine);
        }
      }
      d[l] -= shift;
      e[l] = g;
      e[m] = 0;
    }

    private static void rotate(double[] row0, double[] row1, double sine, double cosine) {
      for (int k = 0; k < row0.length; k++) {
        double z0 = row0[k];
        double z1 = row1[k];
        row1[k] = sine * z0 + cosine * z1;
        row0[k] = cosine * z0 - sine * z1;
      }
    }

    private double[] sorted() {
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (i, j) -> Double.compare(diagonal[j], diagonal[i]));
      double[] values = new double[n];
      double[][] ordered = new double[withVectors ? n : 0][];
      for (int i = 0; i < n; i++) {
        values[i] = diagonal[order[i]] * scale;
        if (withVectors) {
          ordered[i] = vectors[order[i]];
        }
      }
      vectors = ordered;
      return values;
    }
  }
}
