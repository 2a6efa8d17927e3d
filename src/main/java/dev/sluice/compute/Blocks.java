package dev.sluice.compute;

/** Loops over a heap block of rows of floats, one after the other, as {@link Rows} over one row. */
final class Blocks {

  private Blocks() {}

  /** {@code sum_j += sum_i x_ij}. */
  static void addColumns(float[] x, float[] sum, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int j = 0; j < columns; j++) {
        sum[j] += x[at + j];
      }
    }
  }

  /** {@code sum_j += sum_i x_ij y_ij}. */
  static void addColumnProducts(float[] x, float[] y, float[] sum, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int j = 0; j < columns; j++) {
        sum[j] += x[at + j] * y[at + j];
      }
    }
  }

  /** {@code x_ij = x_ij - centre_j}. */
  static void centre(float[] x, float[] centre, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int j = 0; j < columns; j++) {
        x[at + j] -= centre[j];
      }
    }
  }

  /** {@code sum_j += sum_i (x_ij - centre_j)^2}. */
  static void addSquares(float[] x, float[] centre, float[] sum, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int j = 0; j < columns; j++) {
        float distance = x[at + j] - centre[j];
        sum[j] += distance * distance;
      }
    }
  }

  /** {@code x_ij = x_ij factor_j}. */
  static void scale(float[] x, float[] factor, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int j = 0; j < columns; j++) {
        x[at + j] *= factor[j];
      }
    }
  }

  /** {@code x_ij = (x_ij - mean_j) factor_j}. */
  static void standardise(float[] x, float[] mean, float[] factor, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int j = 0; j < columns; j++) {
        x[at + j] = (x[at + j] - mean[j]) * factor[j];
      }
    }
  }

  /** {@code g_ij = (g_ij - mean_j - y_ij along_j) factor_j}. */
  static void standardiseBackward(
      float[] g, float[] y, float[] mean, float[] along, float[] factor, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int j = 0; j < columns; j++) {
        g[at + j] = (g[at + j] - mean[j] - y[at + j] * along[j]) * factor[j];
      }
    }
  }

  /** {@code norms[first + i]} of every row. */
  static void rowNorms(float[] x, int rows, int columns, float[] norms, int first) {
    for (int row = 0; row < rows; row++) {
      norms[first + row] = (float) Math.sqrt(dot(x, x, row * columns, columns));
    }
  }

  /** Inner product of {@code n} entries from {@code at} on. */
  static float dot(float[] x, float[] y, int at, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int end = at + n;
    int i = at;
    for (; i <= end - 4; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (; i < end; i++) {
      s0 += x[i] * y[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code x = factor x} over {@code n} entries from {@code at} on. */
  static void scale(float[] x, float factor, int at, int n) {
    for (int i = at; i < at + n; i++) {
      x[i] *= factor;
    }
  }

  /** {@code x = a x + b y} over {@code n} entries from {@code at} on. */
  static void scaleAndAdd(float[] x, float a, float[] y, float b, int at, int n) {
    for (int i = at; i < at + n; i++) {
      x[i] = a * x[i] + b * y[i];
    }
  }
}
