package dev.sluice.compute;

import java.util.Arrays;

/**
 * Loops over a heap block of rows of floats, one after the other, as {@link Rows} over one row.
 *
 * <p>A short row is a short loop, which costs more to begin than to run. So several rows at a time
 * are one loop, over as many copies of the row vector, or of the sums, side by side. Where an array
 * that stands for a row has room behind its columns, that room is used for the copies.
 */
final class Blocks {
  /** Entries of a loop that is long enough. */
  private static final int LONG = 512;

  private Blocks() {}

  /** Entries of as many whole rows as make a long loop, where {@code row} has room for them. */
  private static int group(float[] row, int rows, int columns) {
    int fitting = Math.min(rows, Math.min(Math.max(columns, LONG), row.length) / columns);
    return Math.max(1, fitting) * columns;
  }

  /** Copies of the row behind itself, up to {@code length}. */
  private static void repeat(float[] row, int columns, int length) {
    for (int at = columns; at < length; at += columns) {
      System.arraycopy(row, 0, row, at, columns);
    }
  }

  /** The sums side by side become one. */
  private static void fold(float[] sum, int columns, int length) {
    for (int at = columns; at < length; at += columns) {
      for (int j = 0; j < columns; j++) {
        sum[j] += sum[at + j];
      }
    }
  }

  /** {@code sum_j += sum_i x_ij} over rows from entry {@code first} on. */
  static void addColumns(float[] x, int first, float[] sum, int rows, int columns) {
    int group = group(sum, rows, columns);
    Arrays.fill(sum, columns, group, 0f);
    int end = first + rows * columns;
    for (int at = first; at < end; at += group) {
      int n = Math.min(group, end - at);
      for (int j = 0; j < n; j++) {
        sum[j] += x[at + j];
      }
    }
    fold(sum, columns, group);
  }

  /** {@code sum_j = sum_i x_ij} of few rows, four at a time: nothing to fold afterwards. */
  static void sumRows(float[] x, float[] sum, int rows, int columns) {
    System.arraycopy(x, 0, sum, 0, columns);
    int row = 1;
    for (; row + 4 <= rows; row += 4) {
      int a = row * columns;
      int b = a + columns;
      int c = b + columns;
      int d = c + columns;
      for (int j = 0; j < columns; j++) {
        sum[j] += (x[a + j] + x[b + j]) + (x[c + j] + x[d + j]);
      }
    }
    for (; row < rows; row++) {
      int a = row * columns;
      for (int j = 0; j < columns; j++) {
        sum[j] += x[a + j];
      }
    }
  }

  /** {@code sum_j += sum_i x_ij y_ij} over rows from entry {@code first} on. */
  static void addColumnProducts(
      float[] x, float[] y, int first, float[] sum, int rows, int columns) {
    int group = group(sum, rows, columns);
    Arrays.fill(sum, columns, group, 0f);
    int end = first + rows * columns;
    for (int at = first; at < end; at += group) {
      int n = Math.min(group, end - at);
      for (int j = 0; j < n; j++) {
        sum[j] += x[at + j] * y[at + j];
      }
    }
    fold(sum, columns, group);
  }

  /** {@code sum_j += sum_i (x_ij - centre_j)^2} over rows from entry {@code first} on. */
  static void addSquares(float[] x, int first, float[] centre, float[] sum, int rows, int columns) {
    int group = Math.min(group(sum, rows, columns), group(centre, rows, columns));
    Arrays.fill(sum, columns, group, 0f);
    repeat(centre, columns, group);
    int end = first + rows * columns;
    for (int at = first; at < end; at += group) {
      int n = Math.min(group, end - at);
      for (int j = 0; j < n; j++) {
        float distance = x[at + j] - centre[j];
        sum[j] += distance * distance;
      }
    }
    fold(sum, columns, group);
  }

  /** {@code x_ij = x_ij - centre_j}. */
  static void centre(float[] x, float[] centre, int rows, int columns) {
    int group = group(centre, rows, columns);
    repeat(centre, columns, group);
    for (int at = 0; at < rows * columns; at += group) {
      int n = Math.min(group, rows * columns - at);
      for (int j = 0; j < n; j++) {
        x[at + j] -= centre[j];
      }
    }
  }

  /** {@code x_ij = x_ij factor_j}. */
  static void scale(float[] x, float[] factor, int rows, int columns) {
    int group = group(factor, rows, columns);
    repeat(factor, columns, group);
    for (int at = 0; at < rows * columns; at += group) {
      int n = Math.min(group, rows * columns - at);
      for (int j = 0; j < n; j++) {
        x[at + j] *= factor[j];
      }
    }
  }

  /** {@code x_ij = (x_ij - mean_j) factor_j}. */
  static void standardise(float[] x, float[] mean, float[] factor, int rows, int columns) {
    int group = Math.min(group(mean, rows, columns), group(factor, rows, columns));
    repeat(mean, columns, group);
    repeat(factor, columns, group);
    for (int at = 0; at < rows * columns; at += group) {
      int n = Math.min(group, rows * columns - at);
      for (int j = 0; j < n; j++) {
        x[at + j] = (x[at + j] - mean[j]) * factor[j];
      }
    }
  }

  /** {@code g_ij = (g_ij - mean_j - y_ij along_j) factor_j}. */
  static void standardiseBackward(
      float[] g, float[] y, float[] mean, float[] along, float[] factor, int rows, int columns) {
    int group =
        Math.min(
            group(mean, rows, columns),
            Math.min(group(along, rows, columns), group(factor, rows, columns)));
    repeat(mean, columns, group);
    repeat(along, columns, group);
    repeat(factor, columns, group);
    for (int at = 0; at < rows * columns; at += group) {
      int n = Math.min(group, rows * columns - at);
      for (int j = 0; j < n; j++) {
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
