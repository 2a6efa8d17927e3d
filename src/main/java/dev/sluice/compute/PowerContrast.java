package dev.sluice.compute;

import java.util.Arrays;

/**
 * {@link ObjectiveKernels#powerContrast} on the CPU. Embeddings of this objective are narrow (the
 * latents to be found are few), so that the loops run over the samples: everything is kept one
 * coordinate after the other.
 */
final class PowerContrast {
  /** As in {@link Rows}: {@code x HUGE} clamped to 1 is the sign of x, and 0 for 0. */
  private static final float HUGE = 1e30f;

  private final Scratch scratch = new Scratch(7);
  private double power;

  ContrastStatistics contrast(
      CpuMatrix a,
      CpuMatrix b,
      double exponent,
      double temperature,
      CpuMatrix gradientA,
      CpuMatrix gradientB) {
    power = exponent;
    int n = a.rows();
    int m = a.columns();
    float[] x = scratch.array(0, n * m);
    float[] y = scratch.array(1, n * m);
    float[] gradientX = scratch.array(2, n * m);
    float[] gradientY = scratch.array(3, n * m);
    float[] logits = scratch.array(4, n);
    readTransposed(a, x);
    readTransposed(b, y);
    Arrays.fill(gradientX, 0, n * m, 0f);
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      float own = (float) (-distance(x, y, i, n, m) / temperature);
      distances(x, i, logits, n, m);
      Rows.scale(logits, n, (float) (-1 / temperature));
      float nearest = largestOther(logits, i, n);
      wins += own > nearest ? 1 : 0;
      float max = Math.max(own, Math.max(nearest, logits[i]));
      Rows.expShifted(logits, n, max);
      double ownExp = Math.exp(own - max);
      double others = Rows.sum(logits, n);
      double sum = ownExp + others;
      loss += max + Math.log(sum) - own;
      probability += ownExp / sum;
      double scale = 1 / (sum * n * temperature);
      Rows.scale(logits, n, (float) scale);
      pushAway(x, i, logits, gradientX, n, m);
      for (int at = i; at < n * m; at += n) {
        float pull = (float) (others * scale * slope(x[at] - y[at]));
        gradientX[at] += pull;
        gradientY[at] = -pull;
      }
    }
    writeTransposed(gradientX, gradientA);
    writeTransposed(gradientY, gradientB);
    return new ContrastStatistics(loss / n, probability / n, (double) wins / n);
  }

  /** Of sample i in x and y. */
  private double distance(float[] x, float[] y, int i, int n, int m) {
    double distance = 0;
    for (int at = i; at < n * m; at += n) {
      distance += raised(Math.abs(x[at] - y[at]));
    }
    return distance;
  }

  /** Of sample i in x to every sample in x. */
  private void distances(float[] x, int i, float[] target, int n, int m) {
    Arrays.fill(target, 0, n, 0f);
    for (int k = 0; k < m; k++) {
      addPowers(x, k * n, x[k * n + i], target, n);
    }
  }

  private static float largestOther(float[] logits, int i, int n) {
    float itself = logits[i];
    logits[i] = Float.NEGATIVE_INFINITY;
    float largest = Rows.max(logits, n);
    logits[i] = itself;
    return largest;
  }

  /** Adds the gradient of the weighted, negated distances of sample i to every sample. */
  private void pushAway(float[] x, int i, float[] weights, float[] gradient, int n, int m) {
    float[] terms = scratch.array(5, n);
    for (int k = 0; k < m; k++) {
      slopes(x, k * n, x[k * n + i], weights, terms, n);
      addAt(terms, gradient, k * n, n);
      gradient[k * n + i] -= Rows.sum(terms, n);
    }
  }

  /** {@code sum_j += |from - x_j|^power}, x from {@code at} on. */
  private void addPowers(float[] x, int at, float from, float[] sum, int n) {
    if (power == 1) {
      for (int j = 0; j < n; j++) {
        sum[j] += Math.abs(from - x[at + j]);
      }
    } else if (power == 2) {
      for (int j = 0; j < n; j++) {
        float d = from - x[at + j];
        sum[j] += d * d;
      }
    } else {
      for (int j = 0; j < n; j++) {
        sum[j] += (float) Math.pow(Math.abs(from - x[at + j]), power);
      }
    }
  }

  /** {@code terms_j = weight_j d/dfrom |from - x_j|^power}, x from {@code at} on. */
  private void slopes(float[] x, int at, float from, float[] weight, float[] terms, int n) {
    if (power == 1) {
      for (int j = 0; j < n; j++) {
        float d = from - x[at + j];
        terms[j] = weight[j] * Math.max(-1, Math.min(1, d * HUGE));
      }
    } else if (power == 2) {
      for (int j = 0; j < n; j++) {
        terms[j] = 2 * weight[j] * (from - x[at + j]);
      }
    } else {
      for (int j = 0; j < n; j++) {
        terms[j] = (float) (weight[j] * slope(from - x[at + j]));
      }
    }
  }

  /** d^power for d >= 0; the two usual ones without the library's slow way. */
  private double raised(double d) {
    if (power == 1) {
      return d;
    }
    return power == 2 ? d * d : Math.pow(d, power);
  }

  /** Derivative of {@code |d|^power}; 0 at 0. */
  private double slope(double d) {
    if (power == 1) {
      return Math.signum(d);
    }
    if (power == 2) {
      return 2 * d;
    }
    return power * Math.pow(Math.abs(d), power - 1) * Math.signum(d);
  }

  private static void addAt(float[] x, float[] y, int at, int n) {
    for (int j = 0; j < n; j++) {
      y[at + j] += x[j];
    }
  }

  private void readTransposed(CpuMatrix matrix, float[] target) {
    int n = matrix.rows();
    int m = matrix.columns();
    float[] rows = scratch.array(6, n * m);
    matrix.read(0, rows, n * m);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        target[k * n + i] = rows[i * m + k];
      }
    }
  }

  private void writeTransposed(float[] source, CpuMatrix matrix) {
    int n = matrix.rows();
    int m = matrix.columns();
    float[] rows = scratch.array(6, n * m);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        rows[i * m + k] = source[k * n + i];
      }
    }
    matrix.write(0, rows, 0, n * m);
  }
}
