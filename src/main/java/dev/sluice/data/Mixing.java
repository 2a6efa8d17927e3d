package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.compute.Statistics;
import dev.sluice.compute.SymmetricEigen;

/**
 * A fixed invertible map of R^n that hides latents: three square linear layers with leaky ReLUs of
 * slope 0.2 between them. Every layer is the best conditioned of a pool of 1000 matrices with
 * entries uniform in [-1, 1) and columns scaled to norm 1. Immutable: any thread may render.
 *
 * <p>Source: Zimmermann et al. 2021 (arXiv 2102.08850), with the layers and the slope of the
 * released code, which accepts matrices by a quantile of the condition numbers of a pool.
 */
public final class Mixing {
  private static final int LAYERS = 3;
  private static final double SLOPE = 0.2;
  private static final int POOL = 1000;

  private final int size;

  /** Row-major: a row of a layer gives one of its outputs. */
  private final double[][] layers = new double[LAYERS][];

  /** What goes in and what comes out of a layer. */
  private final ThreadLocal<double[][]> scratch;

  /**
   * @param size n, at least 1
   */
  public Mixing(long seed, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("latents to mix need a size of at least 1: " + size);
    }
    this.size = size;
    for (int l = 0; l < LAYERS; l++) {
      layers[l] = bestConditioned(new CounterStream(seed, Purpose.MIXING, l), size);
    }
    scratch = ThreadLocal.withInitial(() -> new double[2][size]);
  }

  private static double[] bestConditioned(CounterStream stream, int n) {
    double[] best = candidate(stream, 0, n);
    double least = squaredCondition(best, n);
    for (int k = 1; k < POOL; k++) {
      double[] matrix = candidate(stream, k, n);
      double condition = squaredCondition(matrix, n);
      if (condition < least) {
        best = matrix;
        least = condition;
      }
    }
    return best;
  }

  private static double[] candidate(CounterStream stream, int k, int n) {
    double[] matrix = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      matrix[i] = 2 * stream.uniform((long) k * n * n + i) - 1;
    }
    for (int j = 0; j < n; j++) {
      double square = 0;
      for (int i = 0; i < n; i++) {
        square += matrix[i * n + j] * matrix[i * n + j];
      }
      double norm = Math.sqrt(square);
      for (int i = 0; i < n; i++) {
        matrix[i * n + j] /= norm;
      }
    }
    return matrix;
  }

  /** Largest over smallest eigenvalue of A'A; infinite where A has no inverse. */
  private static double squaredCondition(double[] matrix, int n) {
    double[] values = SymmetricEigen.values(Statistics.gramOfColumns(matrix, n, n), n);
    return values[n - 1] > 0 ? values[0] / values[n - 1] : Double.POSITIVE_INFINITY;
  }

  /** n. */
  public int size() {
    return size;
  }

  /** Entry of a layer: what its output i takes of its input j. */
  double weight(int layer, int i, int j) {
    return layers[layer][i * size + j];
  }

  /**
   * Renders rows: x = g(z).
   *
   * @param latents z row-major, rowCount x n, from index 0 on
   * @param target receives the samples in the same form
   */
  public void render(double[] latents, int rowCount, float[] target) {
    double[][] ends = scratch.get();
    for (int r = 0; r < rowCount; r++) {
      double[] in = ends[0];
      double[] out = ends[1];
      System.arraycopy(latents, r * size, in, 0, size);
      for (int l = 0; l < LAYERS; l++) {
        multiply(layers[l], in, out, l + 1 < LAYERS ? SLOPE : 1);
        double[] filled = out;
        out = in;
        in = filled;
      }
      for (int i = 0; i < size; i++) {
        target[r * size + i] = (float) in[i];
      }
    }
  }

  private static void multiply(double[] matrix, double[] in, double[] out, double slope) {
    int n = in.length;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += matrix[i * n + j] * in[j];
      }
      out[i] = sum > 0 ? sum : slope * sum;
    }
  }
}
