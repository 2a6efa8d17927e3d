package dev.sluice.compute;

/** Products and norms of small dense matrices in float64, row-major. NaN in, NaN out. */
public final class Dense {
  private Dense() {}

  /**
   * A B, as a new n x m array.
   *
   * @param a n x k
   * @param b k x m
   */
  public static double[] product(double[] a, double[] b, int n, int k, int m) {
    if (a.length != n * k || b.length != k * m) {
      throw new IllegalArgumentException(
          n + " x " + k + " times " + k + " x " + m + ", given " + a.length + " and " + b.length);
    }
    double[] product = new double[Math.multiplyExact(n, m)];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < k; l++) {
        Statistics.addScaled(a[i * k + l], b, l * m, product, i * m, m);
      }
    }
    return product;
  }

  /** Root of the sum of squares. */
  public static double frobenius(double[] matrix) {
    return Math.sqrt(Statistics.dot(matrix, matrix));
  }

  /** (A + A') / 2 of an n x n matrix, as a new array. */
  public static double[] symmetricPart(double[] matrix, int n) {
    double[] turned = Statistics.transpose(matrix, n, n);
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (turned[i] + matrix[i]) / 2;
    }
    return turned;
  }
}
