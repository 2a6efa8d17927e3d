package dev.sluice.probe;

import dev.sluice.compute.Statistics;

/** Excess kurtosis of each neuron's pre-activations on the anchors. */
final class Kurtosis {
  private Kurtosis() {}

  /**
   * m4 / m2^2 - 3 from central moments divided by n, at least -2, 0 for a Gaussian; 0 for a neuron
   * that does not vary.
   */
  static double[] ofNeurons(LayerEvaluation evaluation) {
    double[] a = evaluation.preactivations();
    int n = evaluation.samples();
    int m = evaluation.neurons();
    double[] centred = a.clone();
    Statistics.centreColumns(centred, n, m);
    double[] second = new double[m];
    double[] fourth = new double[m];
    for (int p = 0; p < n; p++) {
      for (int i = 0; i < m; i++) {
        double square = centred[p * m + i] * centred[p * m + i];
        second[i] += square;
        fourth[i] += square * square;
      }
    }
    double[] kurtosis = new double[m];
    for (int i = 0; i < m; i++) {
      double variance = second[i] / n;
      double square = variance * variance;
      kurtosis[i] = square == 0 ? 0 : fourth[i] / n / square - 3;
    }
    return kurtosis;
  }

  /** Flops of a measurement. */
  static double flops(ProbeShape shape) {
    return 8.0 * shape.evaluation() * shape.neurons();
  }
}
