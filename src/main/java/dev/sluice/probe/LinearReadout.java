package dev.sluice.probe;

import dev.sluice.compute.LeastSquares;
import dev.sluice.compute.Statistics;
import java.util.Arrays;

/**
 * What ordinary least squares with an intercept reads out of a representation h (n x d, row-major),
 * in float64. Unlike {@link RidgeProbe} it has no ridge, so it is scored on samples that it was not
 * fitted to, unless a published figure is of the same ones. Which samples those are is the
 * caller's: with one matrix, the first half of its rows fits and the rest scores.
 *
 * <p>Everything is NaN where there are no samples on either side or an entry is NaN.
 */
public final class LinearReadout {
  private LinearReadout() {}

  /**
   * Share of each target's variance that is explained, at most 1, negative when worse than the
   * target's mean; NaN for a target that does not vary over the scored samples, because there is
   * nothing to explain.
   *
   * @param fitted samples to fit to, row-major
   * @param scored samples to score on, row-major; the same as {@code fitted} for the fit itself
   * @param targets number of targets
   */
  public static double[] r2(
      double[] fitted,
      double[] fittedTargets,
      double[] scored,
      double[] scoredTargets,
      int d,
      int targets) {
    double[] r2 = new double[targets];
    int n = scored.length / d;
    if (fitted.length == 0 || n == 0) {
      Arrays.fill(r2, Double.NaN);
      return r2;
    }
    LeastSquares fit = new LeastSquares(fitted, d, fittedTargets, targets, fitted.length / d);
    double[] predictions = fit.predict(scored);
    double[] centred = scoredTargets.clone();
    Statistics.centreColumns(centred, n, targets);
    double[] residual = new double[targets];
    double[] total = new double[targets];
    for (int i = 0; i < predictions.length; i++) {
      double error = scoredTargets[i] - predictions[i];
      residual[i % targets] += error * error;
      total[i % targets] += centred[i] * centred[i];
    }
    for (int t = 0; t < targets; t++) {
      r2[t] = total[t] == 0 ? Double.NaN : 1 - residual[t] / total[t];
    }
    return r2;
  }

  /** Mean over targets of {@link #r2} fitted and scored on the same samples. */
  public static double meanR2(double[] h, double[] truth, int d, int targets) {
    return Statistics.mean(r2(h, truth, h, truth, d, targets));
  }

  /** Mean over targets of {@link #r2} fitted on the first half of the rows, scored on the rest. */
  public static double heldOutR2(double[] h, double[] truth, int d, int targets) {
    int n = h.length / d;
    int half = n / 2;
    return Statistics.mean(
        r2(
            Arrays.copyOf(h, half * d),
            Arrays.copyOf(truth, half * targets),
            Arrays.copyOfRange(h, half * d, n * d),
            Arrays.copyOfRange(truth, half * targets, n * targets),
            d,
            targets));
  }

  /**
   * Share of scored samples whose label is the one with the largest prediction, of least squares on
   * the one-hot labels, 0 to 1; 1 / C is chance. Of equals the smallest label is taken; a label
   * that the fitted samples do not have is never found. NaN when those have fewer than two labels.
   *
   * @param fitted samples to fit to, row-major
   * @param scored samples to score on, row-major
   */
  public static double accuracy(
      double[] fitted, int[] fittedLabels, double[] scored, int[] scoredLabels, int d) {
    int[] labels = Arrays.stream(fittedLabels).sorted().distinct().toArray();
    if (labels.length < 2) {
      return Double.NaN;
    }
    double[] oneHot = new double[fittedLabels.length * labels.length];
    for (int p = 0; p < fittedLabels.length; p++) {
      oneHot[p * labels.length + Arrays.binarySearch(labels, fittedLabels[p])] = 1;
    }
    LeastSquares fit = new LeastSquares(fitted, d, oneHot, labels.length, fittedLabels.length);
    double[] predictions = fit.predict(scored);
    double right = 0;
    for (int p = 0; p < scoredLabels.length; p++) {
      int best = largest(predictions, p * labels.length, labels.length);
      if (Double.isNaN(predictions[p * labels.length + best])) {
        return Double.NaN;
      }
      right += labels[best] == scoredLabels[p] ? 1 : 0;
    }
    return right / scoredLabels.length;
  }

  /** {@link #accuracy} fitted on the first half of the rows, scored on the rest. */
  public static double heldOutAccuracy(double[] h, int[] labels, int d) {
    int n = labels.length;
    int half = n / 2;
    return accuracy(
        Arrays.copyOf(h, half * d),
        Arrays.copyOf(labels, half),
        Arrays.copyOfRange(h, half * d, n * d),
        Arrays.copyOfRange(labels, half, n),
        d);
  }

  /** Place of the first largest, or of a NaN. */
  private static int largest(double[] values, int offset, int length) {
    int best = 0;
    for (int i = 0; i < length; i++) {
      if (!(values[offset + i] <= values[offset + best])) {
        best = i;
      }
    }
    return best;
  }
}
