package dev.sluice.compute;

import dev.sluice.compute.ObjectiveKernels.Contrast;
import dev.sluice.event.StepReport;
import java.util.Arrays;

/** {@link ObjectiveKernels#distanceContrast} on the CPU: one anchor with its tuple at a time. */
final class DistanceContrast {
  private final Scratch scratch;
  private final DistanceWeights weights = new DistanceWeights();
  private double[] distances = new double[16];

  /**
   * @param scratch of which arrays 0 to 3 are used
   */
  DistanceContrast(Scratch scratch) {
    this.scratch = scratch;
  }

  ContrastStatistics contrast(
      Contrast form,
      CpuMatrix anchor,
      CpuMatrix positive,
      CpuMatrix negatives,
      double temperature,
      double margin,
      CpuMatrix anchorGradient,
      CpuMatrix positiveGradient,
      CpuMatrix negativeGradient) {
    int n = anchor.rows();
    int m = anchor.columns();
    int h = negatives.rows() / n;
    if (distances.length < h) {
      distances = new double[h];
    }
    float[] f = scratch.array(0, m);
    float[] near = scratch.array(1, m);
    float[] far = scratch.array(2, h * m);
    float[] gradient = scratch.array(3, m);
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      anchor.read(i * m, f, m);
      positive.read(i * m, near, m);
      negatives.read(i * h * m, far, h * m);
      // from here on what is read are differences from the anchor
      double r = subtract(f, near, 0, m) / 2;
      boolean nearest = true;
      for (int k = 0; k < h; k++) {
        distances[k] = subtract(f, far, k * m, m) / 2;
        nearest &= r < distances[k];
      }
      loss += weights.of(form, r, distances, h, temperature, margin);
      probability += weights.probability;
      wins += nearest ? 1 : 0;
      Arrays.fill(gradient, 0, m, 0f);
      scaleAndTakeFrom(gradient, near, 0, (float) (weights.positive / n), m);
      for (int k = 0; k < h; k++) {
        scaleAndTakeFrom(gradient, far, k * m, (float) (distances[k] / n), m);
      }
      anchorGradient.write(i * m, gradient, 0, m);
      positiveGradient.write(i * m, near, 0, m);
      negativeGradient.write(i * h * m, far, 0, h * m);
    }
    return new ContrastStatistics(
        loss / n,
        form == Contrast.INFO_NCE ? probability / n : StepReport.ABSENT,
        (double) wins / n);
  }

  /** {@code y = y - x} over {@code n} entries of y from {@code at} on; its squared norm. */
  private static double subtract(float[] x, float[] y, int at, int n) {
    for (int k = 0; k < n; k++) {
      y[at + k] -= x[k];
    }
    return Blocks.dot(y, y, at, n);
  }

  /** {@code y = factor y; x = x - y} over {@code n} entries of y from {@code at} on. */
  private static void scaleAndTakeFrom(float[] x, float[] y, int at, float factor, int n) {
    for (int k = 0; k < n; k++) {
      y[at + k] *= factor;
      x[k] -= y[at + k];
    }
  }
}
