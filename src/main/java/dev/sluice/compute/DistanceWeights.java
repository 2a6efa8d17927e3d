package dev.sluice.compute;

import dev.sluice.compute.ObjectiveKernels.Contrast;

/**
 * A tuple's loss as a function of its half squared distances, with the derivatives. Reused from
 * anchor to anchor; shared by the backends because there are only as many numbers as negatives.
 */
final class DistanceWeights {
  /** dL / d r. */
  double positive;

  /** Softmax probability of the positive; 0 for the forms without one. */
  double probability;

  /**
   * The loss of one tuple.
   *
   * @param r half squared distance to the positive
   * @param negatives r_k at first, afterwards dL / d r_k
   * @param count H
   */
  double of(
      Contrast form, double r, double[] negatives, int count, double temperature, double margin) {
    probability = 0;
    return switch (form) {
      case SIMPLE -> simple(r, negatives, count);
      case TRIPLET -> triplet(r, negatives, count, temperature, margin);
      case INFO_NCE -> infoNce(r, negatives, count, temperature);
    };
  }

  private double simple(double r, double[] negatives, int count) {
    double loss = r;
    positive = 1;
    for (int k = 0; k < count; k++) {
      loss -= negatives[k] / count;
      negatives[k] = -1.0 / count;
    }
    return loss;
  }

  private double triplet(
      double r, double[] negatives, int count, double temperature, double margin) {
    double loss = 0;
    positive = 0;
    for (int k = 0; k < count; k++) {
      double x = (r - negatives[k] + margin) / temperature;
      // log(1 + e^x) without the overflow of e^x
      loss += temperature * (Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)))) / count;
      double sigmoid = 1 / (1 + Math.exp(-x));
      positive += sigmoid / count;
      negatives[k] = -sigmoid / count;
    }
    return loss;
  }

  private double infoNce(double r, double[] negatives, int count, double temperature) {
    double nearest = r;
    for (int k = 0; k < count; k++) {
      nearest = Math.min(nearest, negatives[k]);
    }
    double own = Math.exp((nearest - r) / temperature);
    double others = 0;
    for (int k = 0; k < count; k++) {
      others += Math.exp((nearest - negatives[k]) / temperature);
    }
    double sum = own + others;
    probability = own / sum;
    positive = others / sum / temperature;
    double loss = (r - nearest) / temperature + Math.log(sum);
    for (int k = 0; k < count; k++) {
      negatives[k] = -Math.exp((nearest - negatives[k]) / temperature) / sum / temperature;
    }
    return loss;
  }
}
