package dev.sluice.compute;

/**
 * The Moore-Penrose inverse of a symmetric matrix without negative eigenvalues, such as a scatter.
 * Directions with less than {@value #NEGLIGIBLE} of the largest eigenvalue count as having none:
 * they are rounding, and their inverse would drown the rest. Immutable.
 */
public final class PseudoInverse {
  private static final double NEGLIGIBLE = 1e-12;

  private final SymmetricEigen eigen;
  private final int rank;

  /**
   * @param matrix row-major n x n, of which the lower triangle is read
   */
  public PseudoInverse(double[] matrix, int n) {
    eigen = SymmetricEigen.decompose(matrix, n);
    double least = n == 0 ? 0 : Math.max(0, NEGLIGIBLE * eigen.value(0));
    int kept = 0;
    // a NaN is kept, so that it comes out again
    while (kept < n && !(eigen.value(kept) <= least)) {
      kept++;
    }
    rank = kept;
  }

  /** Directions that are inverted; all of them where an entry is not finite. */
  public int rank() {
    return rank;
  }

  /**
   * tr(A B+) with B+ this inverse.
   *
   * @param a row-major, of the same shape
   */
  public double traceOfProduct(double[] a) {
    int n = eigen.size();
    double trace = 0;
    for (int i = 0; i < rank; i++) {
      double[] direction = eigen.vector(i);
      double[] image = Dense.product(a, direction, n, n, 1);
      trace += Statistics.dot(direction, image) / eigen.value(i);
    }
    return trace;
  }
}
