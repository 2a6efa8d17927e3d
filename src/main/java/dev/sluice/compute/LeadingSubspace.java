package dev.sluice.compute;

/**
 * The leading eigenvectors of a symmetric matrix without a diagonal of its own: those whose
 * eigenvalue exceeds the noise level. Immutable.
 *
 * <p>The noise level is the magnitude of the most negative eigenvalue. A covariance whose diagonal
 * was removed has trace 0; noise alone spreads its eigenvalues evenly to both sides of 0, and only
 * what coordinates share stands out on the positive side.
 */
public final class LeadingSubspace {
  /*
   * Block power iteration with a Rayleigh-Ritz step for the leading side, Lanczos with full
   * reorthogonalisation for the smallest eigenvalue [1]. The block is wider than what is looked for,
   * so a dozen rounds separate signal from noise; exactness beyond that would be wasted on a
   * covariance of samples.
   *
   * [1] Golub and Van Loan, Matrix Computations, 4th ed., sections 8.2.4 and 10.1.
   */
  private static final int ROUNDS = 12;
  private static final int ROUNDS_BETWEEN_BASES = 3;
  private static final int LANCZOS_STEPS = 40;

  private final double[][] vectors;
  private final double noise;

  private LeadingSubspace(double[][] vectors, double noise) {
    this.vectors = vectors;
    this.noise = noise;
  }

  /**
   * @param matrix symmetric, n x n, on {@code backend}
   * @param most largest number of vectors to look for
   */
  public static LeadingSubspace of(Backend backend, Matrix matrix, int most) {
    KernelShapes.square("LeadingSubspace", matrix);
    double noise = Math.max(0, -smallestEigenvalue(backend, matrix));
    int width = Math.min(most, matrix.rows());
    double[][] basis = randomRows(width, matrix.rows());
    orthonormalise(basis);
    for (int round = 0; round < ROUNDS; round += ROUNDS_BETWEEN_BASES) {
      basis = multiplied(backend, matrix, basis, ROUNDS_BETWEEN_BASES);
      orthonormalise(basis);
    }
    return new LeadingSubspace(above(noise, basis, multiplied(backend, matrix, basis, 1)), noise);
  }

  /** Number of vectors above the noise. */
  public int size() {
    return vectors.length;
  }

  /** The magnitude that eigenvalues had to exceed. */
  public double noise() {
    return noise;
  }

  /** Squared length of the projection of a row on the subspace. */
  public double energy(double[] values, int offset) {
    double energy = 0;
    for (double[] vector : vectors) {
      double projection = Statistics.dot(values, offset, vector, 0, vector.length);
      energy += projection * projection;
    }
    return energy;
  }

  /** Rayleigh-Ritz: the eigenvectors within the span of the basis, of those above the noise. */
  private static double[][] above(double noise, double[][] basis, double[][] image) {
    int width = basis.length;
    double[] projected = new double[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        projected[i * width + j] = Statistics.dot(image[i], basis[j]);
      }
    }
    SymmetricEigen eigen = SymmetricEigen.decompose(projected, width);
    int size = 0;
    while (size < width && eigen.value(size) > noise) {
      size++;
    }
    double[][] vectors = new double[size][basis[0].length];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < width; k++) {
        Statistics.addScaled(
            eigen.vectorEntry(i, k), basis[k], 0, vectors[i], 0, vectors[i].length);
      }
    }
    return vectors;
  }

  private static double smallestEigenvalue(Backend backend, Matrix matrix) {
    int n = matrix.rows();
    int steps = Math.min(LANCZOS_STEPS, n);
    double[][] krylov = new double[steps][];
    double[] tridiagonal = new double[steps * steps];
    double[][] next = randomRows(1, n);
    orthonormalise(next);
    for (int k = 0; k < steps; k++) {
      krylov[k] = next[0];
      double[] image = multiplied(backend, matrix, next, 1)[0];
      tridiagonal[k * steps + k] = Statistics.dot(image, krylov[k]);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j <= k; j++) {
          Statistics.addScaled(-Statistics.dot(image, krylov[j]), krylov[j], 0, image, 0, n);
        }
      }
      double norm = Math.sqrt(Statistics.dot(image, image));
      if (k + 1 == steps) {
        break;
      }
      if (!(norm > 0)) {
        return smallest(tridiagonal, steps, k + 1);
      }
      tridiagonal[(k + 1) * steps + k] = norm;
      tridiagonal[k * steps + k + 1] = norm;
      for (int i = 0; i < n; i++) {
        image[i] /= norm;
      }
      next = new double[][] {image};
    }
    return smallest(tridiagonal, steps, steps);
  }

  /** Smallest eigenvalue of the leading {@code size} x {@code size} block. */
  private static double smallest(double[] matrix, int columns, int size) {
    double[] block = new double[size * size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(matrix, i * columns, block, i * size, size);
    }
    return SymmetricEigen.values(block, size)[size - 1];
  }

  /** rows matrix^times, by the backend. */
  private static double[][] multiplied(Backend backend, Matrix matrix, double[][] rows, int times) {
    int n = matrix.rows();
    double[] flat = new double[rows.length * n];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * n, n);
    }
    double[] product = flat;
    try (Matrix from = backend.allocate(rows.length, n);
        Matrix to = backend.allocate(rows.length, n)) {
      for (int i = 0; i < times; i++) {
        backend.upload(product, from);
        backend.gemm(Backend.Op.NONE, Backend.Op.NONE, 1, from, matrix, 0, to);
        product = backend.download(to);
      }
    }
    double[][] result = new double[rows.length][n];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(product, i * n, result[i], 0, n);
    }
    return result;
  }

  /** Gram-Schmidt, twice for the sake of rounding; a row that depends on others becomes 0. */
  private static void orthonormalise(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      double before = Math.sqrt(Statistics.dot(rows[i], rows[i]));
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          double overlap = Statistics.dot(rows[i], rows[j]);
          Statistics.addScaled(-overlap, rows[j], 0, rows[i], 0, rows[i].length);
        }
      }
      double norm = Math.sqrt(Statistics.dot(rows[i], rows[i]));
      double factor = norm > 1e-10 * before ? 1 / norm : 0;
      for (int c = 0; c < rows[i].length; c++) {
        rows[i][c] *= factor;
      }
    }
  }

  private static double[][] randomRows(int rows, int columns) {
    CounterStream stream = new CounterStream(0, Purpose.PROBE_DIRECTION, rows);
    double[][] random = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns; c++) {
        random[i][c] = stream.gaussian((long) i * columns + c);
      }
    }
    return random;
  }
}
