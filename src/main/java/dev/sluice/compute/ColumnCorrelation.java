package dev.sluice.compute;

/**
 * Pearson correlations between the columns of two matrices with the same rows, each in [-1, 1].
 * What does not vary is not correlated: 0, also where the product of the two population deviations
 * is below a floor. NaN in a column makes its correlations NaN. Immutable.
 */
public final class ColumnCorrelation {
  private final int rows;
  private final double leastProduct;
  private final double[] first;
  private final double[] second;
  private final double[] firstSquares;
  private final double[] secondSquares;

  /** Correlations without a floor. */
  public ColumnCorrelation(double[] a, int aColumns, double[] b, int bColumns, int rows) {
    this(a, aColumns, b, bColumns, rows, 0);
  }

  /**
   * @param a row-major, rows x aColumns
   * @param b row-major, rows x bColumns
   * @param leastProduct of two deviations, below which their correlation is 0
   */
  public ColumnCorrelation(
      double[] a, int aColumns, double[] b, int bColumns, int rows, double leastProduct) {
    if (a.length != rows * aColumns || b.length != rows * bColumns) {
      throw new IllegalArgumentException(
          "columns of %d x %d and %d x %d, given %d and %d entries"
              .formatted(rows, aColumns, rows, bColumns, a.length, b.length));
    }
    this.rows = rows;
    this.leastProduct = leastProduct;
    first = centredColumns(a, rows, aColumns);
    second = centredColumns(b, rows, bColumns);
    firstSquares = squares(first, rows, aColumns);
    secondSquares = squares(second, rows, bColumns);
  }

  /** Correlation of column i of the first matrix with column j of the second. */
  public double of(int i, int j) {
    double deviations = Math.sqrt(firstSquares[i] / rows) * Math.sqrt(secondSquares[j] / rows);
    if (deviations < leastProduct) {
      return 0;
    }
    double covariance = Statistics.dot(first, i * rows, second, j * rows, rows);
    return Statistics.correlation(covariance, firstSquares[i], secondSquares[j]);
  }

  private static double[] centredColumns(double[] values, int rows, int columns) {
    double[] centred = values.clone();
    if (rows > 0) {
      Statistics.centreColumns(centred, rows, columns);
    }
    return Statistics.transpose(centred, rows, columns);
  }

  private static double[] squares(double[] columns, int rows, int count) {
    double[] squares = new double[count];
    for (int i = 0; i < count; i++) {
      squares[i] = Statistics.dot(columns, i * rows, columns, i * rows, rows);
    }
    return squares;
  }
}
