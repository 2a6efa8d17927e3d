package dev.sluice.compute;

import org.jspecify.annotations.Nullable;

/** A row-major array of doubles on the heap. */
final class ReferenceMatrix implements Matrix {
  private final int rows;
  private final int columns;
  private double @Nullable [] values;

  ReferenceMatrix(int rows, int columns) {
    KernelShapes.positive(rows, columns);
    this.rows = rows;
    this.columns = columns;
    values = new double[Math.multiplyExact(rows, columns)];
  }

  /** The values behind a matrix of this backend. */
  static double[] values(Matrix matrix) {
    if (!(matrix instanceof ReferenceMatrix own)) {
      throw new IllegalArgumentException(
          "not a matrix of the reference backend: " + matrix.getClass().getSimpleName());
    }
    double[] values = own.values;
    if (values == null) {
      throw new IllegalStateException(
          "the matrix of " + own.rows + " x " + own.columns + " is closed");
    }
    return values;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void close() {
    values = null;
  }
}
