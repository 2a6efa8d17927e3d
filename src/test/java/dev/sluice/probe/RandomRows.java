package dev.sluice.probe;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/** Standard normal matrices for tests, and what may be done to their rows. */
final class RandomRows {
  private RandomRows() {}

  static double[] of(long seed, int rows, int columns) {
    CounterStream stream = new CounterStream(seed, Purpose.NOISE, columns);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = stream.gaussian(i);
    }
    return values;
  }

  /** Row p of the result is row {@code order[p]}. */
  static double[] permuted(double[] values, int[] order) {
    int columns = values.length / order.length;
    double[] permuted = new double[values.length];
    for (int p = 0; p < order.length; p++) {
      System.arraycopy(values, order[p] * columns, permuted, p * columns, columns);
    }
    return permuted;
  }

  static int[] permuted(int[] values, int[] order) {
    int[] permuted = new int[order.length];
    for (int p = 0; p < order.length; p++) {
      permuted[p] = values[order[p]];
    }
    return permuted;
  }

  static double[] scaled(double[] values, double factor) {
    double[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }

  /** values plus {@code scale} times standard normals. */
  static double[] noisy(double[] values, double scale, long seed) {
    double[] noisy = of(seed, 1, values.length);
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] = values[i] + scale * noisy[i];
    }
    return noisy;
  }
}
