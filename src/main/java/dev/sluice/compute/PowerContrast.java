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
    float[] terms = scratch.array(5, n);
    readTransposed(a, x);
    readTransposed(b, y);
    Arrays.fill(gradientX, 0, n * m, 0f);
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      double distance = 0;
      Arrays.fill(logits, 0, n, 0f);
      for (int k = 0; k < m; k++) {
        distance += Math.pow(Math.abs(x[k * n + i] - y[k * n + i]), power);
        addPowers(x, k * n, x[k * n + i], logits, n);
      }
      Rows.scale(logits, n, (float) (-1 / temperature));
      float own = (float) (-distance / temperature);
      float itself = logits[i];
      logits[i] = Float.NEGATIVE_INFINITY;
      float nearest = Rows.max(logits, n);
      wins += own > nearest ? 1 : 0;
      logits[i] = itself;
      float max = Math.max(own, Math.max(nearest, itself));
      Rows.expShifted(logits, n, max);
      double ownExp = Math.exp(own - max);
      double others = Rows.sum(logits, n);
      double sum = ownExp + others;
      loss += max + Math.log(sum) - own;
      probability += ownExp / sum;
      double pull = others / sum / (n * temperature);
      Rows.scale(logits, n, (float) (1 / (sum * n * temperature)));
      for (int k = 0; k < m; k++) {
        int at = k * n + i;
        float drawn = (float) (pull * slope(x[at] - y[at]));
        slopes(x, k * n, x[at], logits, terms, n);
        addAt(terms, gradientX, k * n, n);
        gradientX[at] += drawn - Rows.sum(terms, n);
        gradientY[at] = -drawn;
      }
    }
    writeTransposed(gradientX, gradientA);
    writeTransposed(gradientY, gradientB);
    return new ContrastStatistics(loss / n, probability / n, (double) wins / n);
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

  /** Derivative of {@code |d|^power}; 0 at 0. */
  private double slope(double d) {
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
