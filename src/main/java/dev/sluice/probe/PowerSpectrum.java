package dev.sluice.probe;

/**
 * Power of the two-dimensional Fourier transform of a square filter, padded with zeros to twice its
 * side. Keeps tables and scratch: one thread.
 *
 * <p>The power at f and at -f is the same, so only columns 0 to p of the 2p are computed. The even
 * frequencies of the padded transform are those of the filter itself.
 */
final class PowerSpectrum {
  private final int side;
  private final int size;
  private final double[] cosines;
  private final double[] sines;
  private final double[] real;
  private final double[] imaginary;
  private final double[] power;

  /**
   * @param side p, of the filter
   */
  PowerSpectrum(int side) {
    this.side = side;
    size = 2 * side;
    cosines = new double[size];
    sines = new double[size];
    for (int k = 0; k < size; k++) {
      cosines[k] = Math.cos(Math.PI * k / side);
      sines[k] = Math.sin(Math.PI * k / side);
    }
    real = new double[side * (side + 1)];
    imaginary = new double[side * (side + 1)];
    power = new double[size * (side + 1)];
  }

  /** 2p, frequencies each way. */
  int size() {
    return size;
  }

  /** Highest column, p: its frequency is half a cycle a pixel. */
  int lastColumn() {
    return side;
  }

  /** Signed number of cycles in 2p pixels of a row, -p to p - 1. */
  int frequency(int row) {
    return row < side ? row : row - size;
  }

  /**
   * How often the power of a column stands in the whole transform: with its mirror image, or alone.
   */
  int weight(int column) {
    return column == 0 || column == side ? 1 : 2;
  }

  double power(int row, int column) {
    return power[row * (side + 1) + column];
  }

  /** Two real sums along the rows, then two complex ones along the columns. */
  static double flops(int side) {
    double alongRows = 4.0 * side * side * (side + 1);
    double alongColumns = 8.0 * 2 * side * side * (side + 1);
    return alongRows + alongColumns;
  }

  /** Transforms the filter that stands row-major in {@code values[offset ..]}. */
  void transform(double[] values, int offset) {
    int columns = side + 1;
    for (int y = 0; y < side; y++) {
      for (int u = 0; u < columns; u++) {
        double re = 0;
        double im = 0;
        for (int x = 0; x < side; x++) {
          double value = values[offset + y * side + x];
          int turn = u * x % size;
          re += value * cosines[turn];
          im -= value * sines[turn];
        }
        real[y * columns + u] = re;
        imaginary[y * columns + u] = im;
      }
    }
    for (int v = 0; v < size; v++) {
      for (int u = 0; u < columns; u++) {
        double re = 0;
        double im = 0;
        for (int y = 0; y < side; y++) {
          int turn = v * y % size;
          double a = real[y * columns + u];
          double b = imaginary[y * columns + u];
          re += a * cosines[turn] + b * sines[turn];
          im += b * cosines[turn] - a * sines[turn];
        }
        power[v * columns + u] = re * re + im * im;
      }
    }
  }
}
