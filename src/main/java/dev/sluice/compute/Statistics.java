package dev.sluice.compute;

import java.util.Arrays;

/**
 * Sums, correlations, quantiles and ranks in float64, with their degenerate cases decided: what has
 * no variance has correlation 0, what has no energy has rank 0. NaN in, NaN out.
 */
public final class Statistics {
  private Statistics() {}

  /** Sum of {@code a_i b_i}. */
  public static double dot(double[] a, double[] b) {
    return dot(a, 0, b, 0, a.length);
  }

  /** Sum of {@code a[offsetA + i] b[offsetB + i]}. */
  public static double dot(double[] a, int offsetA, double[] b, int offsetB, int length) {
    // four sums, because one waits for itself at every step
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      sum0 += a[offsetA + i] * b[offsetB + i];
      sum1 += a[offsetA + i + 1] * b[offsetB + i + 1];
      sum2 += a[offsetA + i + 2] * b[offsetB + i + 2];
      sum3 += a[offsetA + i + 3] * b[offsetB + i + 3];
    }
    for (; i < length; i++) {
      sum0 += a[offsetA + i] * b[offsetB + i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** {@code target[offset + i] += factor source[sourceOffset + i]}. */
  public static void addScaled(
      double factor, double[] source, int sourceOffset, double[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] += factor * source[sourceOffset + i];
    }
  }

  /**
   * Subtracts from each column its mean, in place. The first row is subtracted first, so that a
   * constant column becomes exactly 0 and not a rounding error with a correlation of its own.
   *
   * @param values row-major, rows x columns from index 0 on; what lies behind is not touched
   */
  public static void centreColumns(double[] values, int rows, int columns) {
    centreColumns(values, rows, columns, new double[2 * columns]);
  }

  /**
   * As {@link #centreColumns(double[], int, int)}, allocating nothing.
   *
   * @param scratch at least 2 x columns long, overwritten
   */
  public static void centreColumns(double[] values, int rows, int columns, double[] scratch) {
    System.arraycopy(values, 0, scratch, 0, columns);
    Arrays.fill(scratch, columns, 2 * columns, 0);
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < columns; c++) {
        double shifted = values[row * columns + c] - scratch[c];
        values[row * columns + c] = shifted;
        scratch[columns + c] += shifted;
      }
    }
    for (int c = 0; c < columns; c++) {
      scratch[columns + c] /= rows;
    }
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < columns; c++) {
        values[row * columns + c] -= scratch[columns + c];
      }
    }
  }

  /**
   * {@code covariance / sqrt(variance0 variance1)} in [-1, 1]; 0 where a variance is 0, because
   * what does not vary is not correlated.
   */
  public static double correlation(double covariance, double variance0, double variance1) {
    if (variance0 == 0 || variance1 == 0) {
      return 0;
    }
    double product = variance0 * variance1;
    boolean representable = product > Double.MIN_NORMAL && product < Double.POSITIVE_INFINITY;
    // the root of v v is exactly v, so that a signal's correlation with itself is exactly 1
    double scale = representable ? Math.sqrt(product) : Math.sqrt(variance0) * Math.sqrt(variance1);
    return Math.max(-1, Math.min(1, covariance / scale));
  }

  /**
   * Pooled correlation of two matrices: the sum over columns of their covariances over the root of
   * the product of the sums of their variances, in [-1, 1]; 0 where a side does not vary.
   *
   * @param p row-major, rows x columns
   * @param q of the same shape
   */
  public static double pooledCorrelation(double[] p, double[] q, int rows, int columns) {
    double[] centred0 = p.clone();
    double[] centred1 = q.clone();
    centreColumns(centred0, rows, columns);
    centreColumns(centred1, rows, columns);
    return correlation(dot(centred0, centred1), dot(centred0, centred0), dot(centred1, centred1));
  }

  /** Rows scaled to norm 1, as a new array; a row of zeros stays zero. */
  public static double[] unitRows(double[] values, int rows, int columns) {
    double[] unit = values.clone();
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      double norm = Math.sqrt(dot(unit, at, unit, at, columns));
      if (norm > 0) {
        for (int c = at; c < at + columns; c++) {
          unit[c] /= norm;
        }
      }
    }
    return unit;
  }

  /** Cosine of two rows; 0 where one of them is zero. */
  public static double cosine(double[] a, int offsetA, double[] b, int offsetB, int length) {
    double square0 = dot(a, offsetA, a, offsetA, length);
    double square1 = dot(b, offsetB, b, offsetB, length);
    return correlation(dot(a, offsetA, b, offsetB, length), square0, square1);
  }

  /** F'F of a matrix F (rows x columns), columns x columns. Cheap where F is mostly zeros. */
  public static double[] gramOfColumns(double[] values, int rows, int columns) {
    double[] gram = new double[Math.multiplyExact(columns, columns)];
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      for (int c = 0; c < columns; c++) {
        double factor = values[at + c];
        if (factor != 0) {
          addScaled(factor, values, at + c, gram, c * columns + c, columns - c);
        }
      }
    }
    mirror(gram, columns);
    return gram;
  }

  /** F F' of a matrix F (rows x columns), rows x rows. Cheap where F is mostly zeros. */
  public static double[] gramOfRows(double[] values, int rows, int columns) {
    return gramOfColumns(
        transpose(values, rows, columns), /* rows= */ columns, /* columns= */ rows);
  }

  /** The transpose, as a new array. */
  public static double[] transpose(double[] values, int rows, int columns) {
    double[] turned = new double[values.length];
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + row] = values[row * columns + c];
      }
    }
    return turned;
  }

  private static void mirror(double[] symmetric, int n) {
    for (int i = 1; i < n; i++) {
      for (int j = 0; j < i; j++) {
        symmetric[i * n + j] = symmetric[j * n + i];
      }
    }
  }

  /**
   * exp of the entropy of {@code values / sum}: how many of them count, in [1, length], 0 where all
   * are 0.
   *
   * @param values at least 0 each
   */
  public static double effectiveRank(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    if (sum == 0) {
      return 0;
    }
    double entropy = 0;
    for (double value : values) {
      double share = value / sum;
      if (share != 0) {
        entropy -= share * Math.log(share);
      }
    }
    return Math.exp(entropy);
  }

  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return quantile(sorted, 0.5);
  }

  /**
   * The quantile of ascending values, between two of them linearly interpolated (as NumPy does by
   * default).
   *
   * @param share in [0, 1]
   */
  public static double quantile(double[] ascending, double share) {
    if (ascending.length == 0) {
      throw new IllegalArgumentException("no quantile of no values");
    }
    double position = share * (ascending.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, ascending.length - 1);
    double weight = position - below;
    return ascending[below] + weight * (ascending[above] - ascending[below]);
  }

  /**
   * As {@link #quantile}, of values in any order, which it reorders. Cheaper than sorting them.
   *
   * @param values finite
   */
  public static double quantileOf(double[] values, double share) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no quantile of no values");
    }
    double position = share * (values.length - 1);
    int below = (int) position;
    double lower = select(values, below);
    if (below + 1 == values.length) {
      return lower;
    }
    double upper = values[below + 1];
    for (int i = below + 2; i < values.length; i++) {
      upper = Math.min(upper, values[i]);
    }
    return lower + (position - below) * (upper - lower);
  }

  /** Hoare's selection: the k-th smallest, with the smaller before it and the larger behind. */
  private static double select(double[] values, int k) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      double pivot = values[k];
      int i = low;
      int j = high;
      do {
        while (values[i] < pivot) {
          i++;
        }
        while (pivot < values[j]) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i] = values[j];
          values[j] = swapped;
          i++;
          j--;
        }
      } while (i <= j);
      if (j < k) {
        low = i;
      }
      if (k < i) {
        high = j;
      }
    }
    return values[k];
  }

  /** Some neighbouring columns of row-major values, as a new array. */
  public static double[] columns(double[] values, int stride, int first, int count) {
    double[] columns = new double[values.length / stride * count];
    for (int row = 0; row * stride < values.length; row++) {
      System.arraycopy(values, row * stride + first, columns, row * count, count);
    }
    return columns;
  }
}
