package dev.sluice.compute;

/** Loops over the beginning of heap rows of floats, written so that the JIT vectorises them. */
final class Rows {
  /** |x| * HUGE is at least 1 for every x that is not 0 in the arithmetic here, see CpuBackend. */
  private static final float HUGE = 1e30f;

  /** exp(-80) = 2e-35: nothing below it is told apart, so that no product meets a denormal. */
  private static final float LOWEST = -80;

  private Rows() {}

  static void softThreshold(float[] a, float[] limit, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = a[i] - Math.max(-limit[i], Math.min(limit[i], a[i]));
    }
  }

  static void average(float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = 0.5f * (a[i] + b[i]);
    }
  }

  /** {@code x = 0} where {@code gate} is 0. */
  static void gate(float[] gate, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * Math.min(1, Math.abs(gate[i]) * HUGE);
    }
  }

  /** {@code x = x > 0 ? x : slope x}. */
  static void leakyRelu(float[] x, float slope, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(0, x[i]) + slope * Math.min(0, x[i]);
    }
  }

  /** {@code x = gate > 0 ? x : slope x}. */
  static void leakyGate(float[] gate, float slope, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      float open = Math.min(1, Math.max(0, gate[i]) * HUGE);
      x[i] = x[i] * (open + (1 - open) * slope);
    }
  }

  /**
   * Adds a row of embeddings x to column sums: the unit row {@code factor x} less {@code shift} to
   * {@code sum}, its square to {@code squares}, and 1 to {@code active} where x is not 0.
   */
  static void addUnit(
      float[] x, float factor, float[] shift, float[] sum, float[] squares, float[] active, int n) {
    for (int i = 0; i < n; i++) {
      float d = factor * x[i] - shift[i];
      sum[i] += d;
      squares[i] += d * d;
      active[i] += Math.min(1, Math.abs(x[i]) * HUGE);
    }
  }

  /** {@code y = factor x}. */
  static void scaled(float[] x, float factor, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = factor * x[i];
    }
  }

  static void scale(float[] x, int n, float factor) {
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
  }

  /** {@code x = a x + b y}. */
  static void scaleAndAdd(float[] x, float a, float[] y, float b, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = a * x[i] + b * y[i];
    }
  }

  /** {@code y = y + a x}. */
  static void addScaled(float[] x, float a, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += a * x[i];
    }
  }

  /**
   * {@code x = exp(x - max)}: a polynomial of degree 6 at (x - max) / 128, squared seven times.
   * Worst relative error 2e-5, at -40; 1e-6 near 0, where the weight of a softmax lies.
   */
  static void expShifted(float[] x, int n, float max) {
    for (int i = 0; i < n; i++) {
      float t = Math.max(LOWEST, x[i] - max) * 0.0078125f;
      float e =
          1
              + t
                  * (1
                      + t
                          * (0.5f
                              + t
                                  * (0.16666667f
                                      + t
                                          * (0.041666668f
                                              + t * (0.008333334f + t * 0.0013888889f)))));
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      x[i] = e * e;
    }
  }

  static float max(float[] x, int n) {
    float max = x[0];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  static int firstIndexOf(float[] x, int n, float value) {
    for (int i = 0; i < n; i++) {
      if (x[i] == value) {
        return i;
      }
    }
    return -1;
  }

  static long countNonFinite(float[] x, int n) {
    long count = 0;
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(x[i])) {
        count++;
      }
    }
    return count;
  }

  static float sum(float[] x, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i <= n - 8; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < n; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  static float dot(float[] x, float[] y, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i <= n - 8; i += 8) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
      s4 += x[i + 4] * y[i + 4];
      s5 += x[i + 5] * y[i + 5];
      s6 += x[i + 6] * y[i + 6];
      s7 += x[i + 7] * y[i + 7];
    }
    for (; i < n; i++) {
      s0 += x[i] * y[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** x . y, x . x and y . y in one pass. */
  static void products(float[] x, float[] y, int n, double[] target) {
    float xy0 = 0;
    float xy1 = 0;
    float xx0 = 0;
    float xx1 = 0;
    float yy0 = 0;
    float yy1 = 0;
    int i = 0;
    for (; i <= n - 2; i += 2) {
      float a = x[i];
      float b = y[i];
      float c = x[i + 1];
      float d = y[i + 1];
      xy0 += a * b;
      xx0 += a * a;
      yy0 += b * b;
      xy1 += c * d;
      xx1 += c * c;
      yy1 += d * d;
    }
    for (; i < n; i++) {
      xy0 += x[i] * y[i];
      xx0 += x[i] * x[i];
      yy0 += y[i] * y[i];
    }
    target[0] = xy0 + xy1;
    target[1] = xx0 + xx1;
    target[2] = yy0 + yy1;
  }
}
