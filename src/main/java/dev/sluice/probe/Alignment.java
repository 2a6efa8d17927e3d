package dev.sluice.probe;

import dev.sluice.compute.Statistics;

/** Absolute cosines between the weights of neurons and the features of the dictionary. */
public final class Alignment {
  private Alignment() {}

  /** C_ij = |w_i . M_j| / |w_i|, m x d; 0 for a neuron without weights. */
  public static double[] cosines(LayerEvaluation evaluation) {
    double[] weights = evaluation.weights();
    int inputs = evaluation.inputs();
    int features = evaluation.features();
    double[] cosines = evaluation.weightProjections().clone();
    for (int i = 0; i < evaluation.neurons(); i++) {
      double norm = norm(weights, i * inputs, inputs);
      for (int j = i * features; j < (i + 1) * features; j++) {
        cosines[j] = norm == 0 ? 0 : Math.abs(cosines[j]) / norm;
      }
    }
    return cosines;
  }

  /** Index of the first largest entry of a row. */
  static int best(double[] cosines, int row, int features) {
    int best = 0;
    for (int j = 1; j < features; j++) {
      if (cosines[row * features + j] > cosines[row * features + best]) {
        best = j;
      }
    }
    return best;
  }

  static double norm(double[] values, int offset, int length) {
    return Math.sqrt(Statistics.dot(values, offset, values, offset, length));
  }
}
