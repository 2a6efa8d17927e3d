package dev.sluice.compute;

import dev.sluice.compute.Backend.Op;

/** Shape checks of the kernels: every refusal names both shapes. */
final class Shapes {
  private Shapes() {}

  static String of(Matrix matrix) {
    return matrix.rows() + " x " + matrix.columns();
  }

  static void requirePositive(int rows, int columns) {
    if (rows <= 0 || columns <= 0) {
      throw new IllegalArgumentException(
          "a matrix needs rows and columns: " + rows + " x " + columns);
    }
    if ((long) rows * columns > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "a matrix holds at most 2^29 entries: " + rows + " x " + columns);
    }
  }

  static void requireSame(Matrix a, Matrix b) {
    if (a.rows() != b.rows() || a.columns() != b.columns()) {
      throw new IllegalArgumentException("shapes must be equal: " + of(a) + " and " + of(b));
    }
  }

  static void requireShape(Matrix matrix, int rows, int columns) {
    if (matrix.rows() != rows || matrix.columns() != columns) {
      throw new IllegalArgumentException(
          "shape must be " + rows + " x " + columns + ": " + of(matrix));
    }
  }

  static void requireRow(Matrix matrix, int columns) {
    requireShape(matrix, 1, columns);
  }

  static void requireThresholds(Matrix threshold, Matrix preactivation) {
    if (threshold.rows() != 1 || threshold.columns() != preactivation.columns()) {
      throw new IllegalArgumentException(
          "one threshold a column is needed: "
              + of(threshold)
              + " for pre-activations of "
              + of(preactivation));
    }
  }

  static void requireSource(int length, int offset, int wanted, Matrix target) {
    if (offset < 0 || length - offset < wanted) {
      throw new IllegalArgumentException(
          wanted
              + " values from "
              + offset
              + " on are wanted for "
              + of(target)
              + ", given "
              + length);
    }
  }

  static void requireRowLength(int length, Matrix matrix) {
    if (matrix.columns() != length) {
      throw new IllegalArgumentException(
          "rows of length " + length + " expected, the matrix is " + of(matrix));
    }
  }

  static void requireLength(int length, Matrix matrix) {
    if (length != matrix.rows() * matrix.columns()) {
      throw new IllegalArgumentException(length + " values for a matrix of " + of(matrix));
    }
  }

  static void requireRows(Matrix matrix, int firstRow, int rowCount) {
    if (firstRow < 0 || rowCount < 0 || firstRow + rowCount > matrix.rows()) {
      throw new IllegalArgumentException(
          "rows " + firstRow + " to " + (firstRow + rowCount) + " of a matrix of " + of(matrix));
    }
  }

  static void requireProduct(Op opA, Op opB, Matrix a, Matrix b, Matrix c) {
    int rows = opA == Op.NONE ? a.rows() : a.columns();
    int innerA = opA == Op.NONE ? a.columns() : a.rows();
    int innerB = opB == Op.NONE ? b.rows() : b.columns();
    int columns = opB == Op.NONE ? b.columns() : b.rows();
    if (innerA != innerB || c.rows() != rows || c.columns() != columns) {
      throw new IllegalArgumentException(
          "product does not fit: "
              + opA
              + " "
              + of(a)
              + " by "
              + opB
              + " "
              + of(b)
              + " into "
              + of(c));
    }
    if (a == c || b == c) {
      throw new IllegalArgumentException("the result of a product is neither of its operands");
    }
  }
}
