package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import java.util.Arrays;

/**
 * Samples z (n x d, row-major) grouped by label: the distinct labels in ascending order, and the
 * mean of each. A label that no sample has is no class.
 */
final class Classes {
  private final int[] labels;
  private final int[] sizes;
  private final double[] means;
  private final int d;

  /**
   * @param sampleLabels length n
   */
  Classes(double[] z, int[] sampleLabels, int d) {
    if (z.length != sampleLabels.length * d) {
      throw new IllegalArgumentException(
          sampleLabels.length + " labels need samples of as many x " + d + ", given " + z.length);
    }
    this.d = d;
    labels = Arrays.stream(sampleLabels).sorted().distinct().toArray();
    sizes = new int[labels.length];
    means = new double[labels.length * d];
    for (int p = 0; p < sampleLabels.length; p++) {
      int c = indexOf(sampleLabels[p]);
      sizes[c]++;
      Statistics.addScaled(1, z, p * d, means, c * d, d);
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= sizes[i / d];
    }
  }

  /** C. */
  int count() {
    return labels.length;
  }

  /** The c-th smallest label. */
  int label(int c) {
    return labels[c];
  }

  /** The place of a label among the classes, negative where it is none. */
  int indexOf(int label) {
    return Arrays.binarySearch(labels, label);
  }

  /** Means of the classes, C x d, as a new array. */
  double[] means() {
    return means.clone();
  }

  /** Means of the classes minus the mean of all samples, C x d, as a new array. */
  double[] centredMeans() {
    double[] global = new double[d];
    double samples = Arrays.stream(sizes).sum();
    for (int c = 0; c < sizes.length; c++) {
      Statistics.addScaled(sizes[c] / samples, means, c * d, global, 0, d);
    }
    double[] centred = means.clone();
    for (int c = 0; c < sizes.length; c++) {
      Statistics.addScaled(-1, global, 0, centred, c * d, d);
    }
    return centred;
  }

  /** The samples minus the means of their classes, n x d, as a new array. */
  double[] residuals(double[] z, int[] sampleLabels) {
    double[] residuals = z.clone();
    for (int p = 0; p < sampleLabels.length; p++) {
      Statistics.addScaled(-1, means, indexOf(sampleLabels[p]) * d, residuals, p * d, d);
    }
    return residuals;
  }
}
