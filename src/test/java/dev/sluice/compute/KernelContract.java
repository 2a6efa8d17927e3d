package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of kernels are written in. */
abstract class KernelContract {
  private static final double STEP = 1e-5;

  private Backend backend;

  /** A new backend. */
  abstract Backend open();

  /** Largest error allowed, relative to the largest magnitude of the expected values. */
  abstract double tolerance();

  @BeforeEach
  void openBackend() {
    backend = open();
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  Backend backend() {
    return backend;
  }

  Matrix matrix(int rows, int columns, double... values) {
    Matrix matrix = backend.allocate(rows, columns);
    backend.upload(values, matrix);
    return matrix;
  }

  /** A matrix whose values must not be read. */
  Matrix nothing(int rows, int columns) {
    Matrix matrix = backend.allocate(rows, columns);
    double[] values = new double[rows * columns];
    Arrays.fill(values, Double.NaN);
    backend.upload(values, matrix);
    return matrix;
  }

  /** Normals that float32 holds exactly, so that a backend's input is the test's input. */
  static double[] random(int length, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.NOISE, 0);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) stream.gaussian(i);
    }
    return values;
  }

  void assertClose(Matrix matrix, double... expected) {
    assertClose(backend.download(matrix), tolerance(), expected);
  }

  static void assertClose(double[] values, double tolerance, double... expected) {
    double largest = 1e-30;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(values).containsExactly(expected, within(tolerance * largest));
  }

  /** The gradient of a function of many numbers, to some nine digits. */
  static double[] centralDifferences(double[] at, ToDoubleFunction<double[]> function) {
    double[] moved = at.clone();
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      moved[i] = at[i] + STEP;
      double above = function.applyAsDouble(moved);
      moved[i] = at[i] - STEP;
      gradient[i] = (above - function.applyAsDouble(moved)) / (2 * STEP);
      moved[i] = at[i];
    }
    return gradient;
  }
}
