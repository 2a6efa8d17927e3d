package dev.sluice.compute;

/** The shape checks of the kernels, one wording for every backend. */
final class KernelShapes {
  /** Entries that one Java array and one buffer can hold with room to spare. */
  private static final long LARGEST = 1L << 29;

  private KernelShapes() {}

  static void positive(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a matrix needs at least one row and one column, given " + rows + " x " + columns);
    }
    if ((long) rows * columns > LARGEST) {
      throw new IllegalArgumentException(
          "a matrix holds at most " + LARGEST + " entries, given " + rows + " x " + columns);
    }
  }

  /** Both of one shape. */
  static void same(String kernel, Matrix a, Matrix b) {
    if (a.rows() != b.rows() || a.columns() != b.columns()) {
      throw mismatch(kernel, "equal shapes", a, b);
    }
  }

  /** {@code row} is one row as wide as {@code matrix}. */
  static void rowOf(String kernel, Matrix matrix, Matrix row) {
    if (row.rows() != 1 || row.columns() != matrix.columns()) {
      throw mismatch(kernel, "one row of the same width", matrix, row);
    }
  }

  /** {@code column} is one column as high as {@code matrix}. */
  static void columnOf(String kernel, Matrix matrix, Matrix column) {
    if (column.columns() != 1 || column.rows() != matrix.rows()) {
      throw mismatch(kernel, "one column of the same height", matrix, column);
    }
  }

  /** {@code norms} is one row with an entry for each row of {@code matrix}. */
  static void rowNormsOf(String kernel, Matrix matrix, Matrix norms) {
    if (norms.rows() != 1 || norms.columns() != matrix.rows()) {
      throw mismatch(kernel, "one row with an entry for each row", matrix, norms);
    }
  }

  static void square(String kernel, Matrix matrix) {
    if (matrix.rows() != matrix.columns()) {
      throw new IllegalArgumentException(
          kernel + " needs a square matrix, given " + shape(matrix) + " and " + shape(matrix));
    }
  }

  /** {@code whole} holds the rows of {@code top} and below them those of {@code bottom}. */
  static void stacked(String kernel, Matrix top, Matrix bottom, Matrix whole) {
    if (top.columns() != whole.columns()
        || bottom.columns() != whole.columns()
        || (long) top.rows() + bottom.rows() != whole.rows()) {
      throw new IllegalArgumentException(
          kernel
              + " needs one matrix over the other in a third, given "
              + shape(top)
              + ", "
              + shape(bottom)
              + " and "
              + shape(whole));
    }
  }

  /** {@code grouped} has as wide rows as {@code matrix}, equally many for each row of it. */
  static void groupsOf(String kernel, Matrix matrix, Matrix grouped) {
    if (grouped.columns() != matrix.columns() || grouped.rows() % matrix.rows() != 0) {
      throw mismatch(kernel, "equally many rows of the same width for each row", matrix, grouped);
    }
  }

  /** One label for each row. */
  static void labels(String kernel, Matrix matrix, int[] labels) {
    if (labels.length != matrix.rows()) {
      throw new IllegalArgumentException(
          kernel
              + " needs a label for each row, given "
              + shape(matrix)
              + " and "
              + labels.length
              + " labels");
    }
  }

  /** The unbiased variance of one row does not exist. */
  static void twoRows(String kernel, Matrix matrix) {
    if (matrix.rows() < 2) {
      throw new IllegalArgumentException(
          kernel + " needs at least two rows, given " + shape(matrix));
    }
  }

  static void sums(String kernel, Matrix matrix, int columns) {
    if (matrix.columns() != columns) {
      throw new IllegalArgumentException(
          kernel
              + " needs sums as wide as the matrix, given "
              + shape(matrix)
              + " and 1 x "
              + columns);
    }
  }

  /** {@code x} (n, groups in), {@code weights} (groups out, in), {@code y} (n, groups out). */
  static void grouped(String kernel, int groups, Matrix x, Matrix weights, Matrix y) {
    if (groups < 1 || weights.rows() % groups != 0) {
      throw new IllegalArgumentException(
          kernel + " needs rows of weights for " + groups + " groups, given " + shape(weights));
    }
    if (x.columns() != groups * weights.columns()) {
      throw mismatch(kernel, groups + " groups as wide as the weights", x, weights);
    }
    if (y.rows() != x.rows()) {
      throw mismatch(kernel, "as many rows out as in", x, y);
    }
    if (y.columns() != weights.rows()) {
      throw mismatch(kernel, "an output for each row of weights", weights, y);
    }
    if (y == x || y == weights) {
      throw new IllegalArgumentException(kernel + ": the output must be none of the operands");
    }
  }

  /** {@code windows} has a row for each entry of {@code signal}, no wider than its rows. */
  static void windows(String kernel, Matrix signal, Matrix windows) {
    boolean rows = (long) signal.rows() * signal.columns() == windows.rows();
    if (!rows || windows.columns() > signal.columns()) {
      throw mismatch(kernel, "a window for each entry", signal, windows);
    }
  }

  /** {@code source} has a whole number of rows for each row of {@code pooled}. */
  static void pooled(String kernel, Matrix source, Matrix pooled) {
    if (source.columns() != pooled.columns() || source.rows() % pooled.rows() != 0) {
      throw mismatch(kernel, "equal widths and a multiple of the rows", source, pooled);
    }
  }

  /** {@code op(a) op(b)} fits {@code c}, which is neither of them. */
  static void product(Backend.Op opA, Backend.Op opB, Matrix a, Matrix b, Matrix c) {
    int rows = opA == Backend.Op.NONE ? a.rows() : a.columns();
    int innerA = opA == Backend.Op.NONE ? a.columns() : a.rows();
    int innerB = opB == Backend.Op.NONE ? b.rows() : b.columns();
    int columns = opB == Backend.Op.NONE ? b.columns() : b.rows();
    if (innerA != innerB || c.rows() != rows || c.columns() != columns) {
      throw new IllegalArgumentException(
          "gemm: "
              + shape(a)
              + mark(opA)
              + " times "
              + shape(b)
              + mark(opB)
              + " does not fit "
              + shape(c));
    }
    if (c == a || c == b) {
      throw new IllegalArgumentException("gemm: the result must be neither operand");
    }
  }

  /** Rows {@code firstRow .. firstRow + rowCount} lie in {@code matrix}, and in an array. */
  static void rows(
      String kernel, Matrix matrix, int firstRow, int rowCount, int offset, int arrayLength) {
    boolean inside = firstRow >= 0 && rowCount >= 0 && rowCount <= matrix.rows() - firstRow;
    if (!inside) {
      throw new IllegalArgumentException(
          kernel
              + ": rows "
              + firstRow
              + " to "
              + ((long) firstRow + rowCount)
              + " do not lie in "
              + shape(matrix));
    }
    long needed = (long) rowCount * matrix.columns();
    if (offset < 0 || needed > (long) arrayLength - offset) {
      throw new IllegalArgumentException(
          kernel
              + ": "
              + rowCount
              + " rows of "
              + shape(matrix)
              + " are "
              + needed
              + " values, given an array of "
              + arrayLength
              + " from "
              + offset
              + " on");
    }
  }

  private static IllegalArgumentException mismatch(
      String kernel, String wanted, Matrix a, Matrix b) {
    return new IllegalArgumentException(
        kernel + " needs " + wanted + ", given " + shape(a) + " and " + shape(b));
  }

  private static String mark(Backend.Op op) {
    return op == Backend.Op.NONE ? "" : " transposed";
  }

  private static String shape(Matrix matrix) {
    return matrix.rows() + " x " + matrix.columns();
  }
}
