package dev.sluice.data;

import dev.sluice.compute.SymmetricEigen;
import java.util.Arrays;

/**
 * ZCA whitening, x = V r with V = U (L + epsilon mean L)^(-1/2) U' from the second moments U L U'
 * of the data. V is symmetric, so that its coordinates are still pixels.
 */
final class ZeroPhase {
  private static final int BATCH = 8;

  private ZeroPhase() {}

  /**
   * Whitens rows in place.
   *
   * @param rows row-major, count x width
   * @param fitted the first so many rows give the second moments, which are not centred
   * @param epsilon share of the mean variance that is added to each variance
   */
  static void whiten(float[] rows, int width, int fitted, double epsilon) {
    float[][] matrix = inverseRoot(secondMoments(rows, width, fitted), width, epsilon);
    int count = rows.length / width;
    float[][] whitened = new float[BATCH][width];
    for (int first = 0; first < count; first += BATCH) {
      int now = Math.min(BATCH, count - first);
      for (int b = 0; b < now; b++) {
        Arrays.fill(whitened[b], 0f);
      }
      for (int i = 0; i < width; i++) {
        for (int b = 0; b < now; b++) {
          add(whitened[b], rows[(first + b) * width + i], matrix[i]);
        }
      }
      for (int b = 0; b < now; b++) {
        System.arraycopy(whitened[b], 0, rows, (first + b) * width, width);
      }
    }
  }

  /** Mean of r r' over rows, of which the lower triangle is filled. */
  static double[] secondMoments(float[] rows, int width, int count) {
    double[][] sums = new double[width][width];
    double[] r0 = new double[width];
    double[] r1 = new double[width];
    double[] r2 = new double[width];
    double[] r3 = new double[width];
    for (int first = 0; first < count; first += 4) {
      load(rows, first, count, width, r0);
      load(rows, first + 1, count, width, r1);
      load(rows, first + 2, count, width, r2);
      load(rows, first + 3, count, width, r3);
      for (int i = 0; i < width; i++) {
        add(sums[i], i + 1, r0[i], r0, r1[i], r1, r2[i], r2, r3[i], r3);
      }
    }
    double[] moments = new double[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        moments[i * width + j] = sums[i][j] / count;
      }
    }
    return moments;
  }

  private static void load(float[] rows, int row, int count, int width, double[] target) {
    for (int i = 0; i < width; i++) {
      target[i] = row < count ? rows[row * width + i] : 0;
    }
  }

  private static void add(
      double[] sum,
      int length,
      double f0,
      double[] r0,
      double f1,
      double[] r1,
      double f2,
      double[] r2,
      double f3,
      double[] r3) {
    for (int j = 0; j < length; j++) {
      sum[j] += f0 * r0[j] + f1 * r1[j] + (f2 * r2[j] + f3 * r3[j]);
    }
  }

  private static void add(float[] sum, float factor, float[] row) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * row[j];
    }
  }

  private static float[][] inverseRoot(double[] moments, int width, double epsilon) {
    SymmetricEigen eigen = SymmetricEigen.decompose(moments, width);
    double trace = 0;
    for (int k = 0; k < width; k++) {
      trace += eigen.value(k);
    }
    double[][] sum = new double[width][width];
    for (int k = 0; k < width; k++) {
      double[] u = eigen.vector(k);
      // a variance may come out below 0 by rounding; the floor keeps the root real
      double gain = 1 / Math.sqrt(Math.max(0, eigen.value(k)) + epsilon * trace / width);
      for (int i = 0; i < width; i++) {
        double factor = gain * u[i];
        for (int j = 0; j < width; j++) {
          sum[i][j] += factor * u[j];
        }
      }
    }
    float[][] root = new float[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        root[i][j] = (float) sum[i][j];
      }
    }
    return root;
  }
}
