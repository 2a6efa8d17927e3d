package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** What the measures of filters share: which filters count, and the median over them. */
final class Filters {
  private Filters() {}

  /**
   * Median of a measure over the filters that have any weight: one of zeros has no shape, so it is
   * left out. NaN where no filter has weight, or where one is not finite.
   *
   * @param measure of the filter that begins at an index of the weights
   */
  static double median(LayerEvaluation evaluation, IntToDoubleFunction measure) {
    double[] weights = evaluation.weights();
    int width = evaluation.inputs();
    double[] measured = new double[evaluation.neurons()];
    int count = 0;
    for (int i = 0; i < evaluation.neurons(); i++) {
      double square = Statistics.dot(weights, i * width, weights, i * width, width);
      if (!(square < Double.POSITIVE_INFINITY)) {
        return Double.NaN;
      }
      if (square > 0) {
        measured[count++] = measure.applyAsDouble(i * width);
      }
    }
    return count == 0 ? Double.NaN : Statistics.median(Arrays.copyOf(measured, count));
  }
}
