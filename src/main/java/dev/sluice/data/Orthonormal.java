package dev.sluice.data;

import dev.sluice.compute.CounterStream;

/** Random orthonormal columns, in float64 and with operations that are exact on every JDK. */
final class Orthonormal {
  private Orthonormal() {}

  /**
   * The Q of the QR decomposition, with positive diagonal of R, of a matrix of standard normals
   * whose entry (i, j) is the stream's value i * columns + j.
   *
   * @return the columns, columns x rows
   */
  static double[][] columns(CounterStream gaussians, int rows, int columns) {
    double[][] q = new double[columns][rows];
    double[] coefficients = new double[columns];
    for (int j = 0; j < columns; j++) {
      double[] column = q[j];
      for (int i = 0; i < rows; i++) {
        column[i] = gaussians.gaussian((long) i * columns + j);
      }
      // Gram-Schmidt loses orthogonality once; done twice, it is orthogonal to the last bits
      removeProjections(q, j, coefficients);
      removeProjections(q, j, coefficients);
      double norm = Math.sqrt(dot(column, column));
      for (int i = 0; i < rows; i++) {
        column[i] /= norm;
      }
    }
    return q;
  }

  private static void removeProjections(double[][] q, int j, double[] coefficients) {
    double[] column = q[j];
    for (int k = 0; k < j; k++) {
      coefficients[k] = dot(q[k], column);
    }
    for (int k = 0; k < j; k++) {
      subtract(column, coefficients[k], q[k]);
    }
  }

  /** Four sums side by side: one alone would wait for each addition. */
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void subtract(double[] target, double factor, double[] source) {
    for (int i = 0; i < target.length; i++) {
      target[i] -= factor * source[i];
    }
  }
}
