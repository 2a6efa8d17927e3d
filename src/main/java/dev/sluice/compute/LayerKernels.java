package dev.sluice.compute;

import org.jspecify.annotations.Nullable;

/**
 * The kernels of layers: forward and backward of what stands between two products. Part of the
 * closed list of {@link Backend}; shapes are checked as there. "n" rows are samples.
 */
public interface LayerKernels {

  /** {@code target_ij += row_j}; {@code row} (1, m), {@code target} (n, m). */
  void addRow(Matrix row, Matrix target);

  /** {@code row_j = beta row_j + sum_i source_ij}; {@code source} (n, m), {@code row} (1, m). */
  void columnSums(Matrix source, double beta, Matrix row);

  /**
   * {@code response = x > 0 ? x : slope x}; slope 0 is ReLU.
   *
   * @param preactivation x, shape (n, m)
   * @param response shape (n, m), may be {@code preactivation} itself only where nobody gates by it
   */
  void leakyRelu(Matrix preactivation, double slope, Matrix response);

  /**
   * Backward of {@link #leakyRelu}: {@code target = gradient}, with the entries where {@code
   * preactivation} is not positive multiplied by the slope; {@code target} may be {@code gradient}.
   */
  void leakyGate(Matrix preactivation, double slope, Matrix gradient, Matrix target);

  /**
   * Batch normalisation without affine part: every column less its mean, over {@code sqrt(variance
   * + epsilon)} with the population variance of this batch.
   *
   * @param inverseDeviation (1, m), receives 1 / sqrt(variance + epsilon)
   */
  void standardise(Matrix source, double epsilon, Matrix target, Matrix inverseDeviation);

  /**
   * Backward of {@link #standardise}, in place: {@code g = inv (g - mean(g) - y mean(g y))} column
   * by column, y the standardised values.
   */
  void standardiseBackward(Matrix standardised, Matrix inverseDeviation, Matrix gradient);

  /**
   * Every row over {@code max(norm, floor) + epsilon}.
   *
   * @param norms (n, 1), receives the Euclidean norm of every source row
   */
  void unitRows(Matrix source, double floor, double epsilon, Matrix target, Matrix norms);

  /**
   * Backward of {@link #unitRows}, in place, with {@code u} the source row, {@code r} its norm:
   * {@code g = g / (r + e) - u <g, u> / (r (r + e)^2)}; a row of norm under the floor is scaled by
   * a constant, so {@code g = g / (floor + e)}. A zero row has no direction: without a floor {@code
   * g = g / e}.
   */
  void unitRowsBackward(Matrix source, Matrix norms, double floor, double epsilon, Matrix gradient);

  /** {@code target = 1 / (1 + exp(-source))}. */
  void sigmoid(Matrix source, Matrix target);

  /** Backward of {@link #sigmoid}, in place: {@code g = g y (1 - y)}. */
  void sigmoidGate(Matrix response, Matrix gradient);

  /** {@code target_ij = row_j source_ij}; {@code target} may be {@code source}. */
  void scaleColumns(Matrix row, Matrix source, Matrix target);

  /** {@code row_j = beta row_j + sum_i a_ij b_ij}. */
  void columnDots(Matrix a, Matrix b, double beta, Matrix row);

  /**
   * A product for each of {@code groups} side-by-side blocks of columns, each with weights of its
   * own: {@code y_g = x_g W_g'}.
   *
   * @param x (n, groups in)
   * @param weights (groups out, in): the blocks one under the other
   * @param y (n, groups out)
   */
  void groupedForward(int groups, Matrix x, Matrix weights, Matrix y);

  /**
   * Backward of {@link #groupedForward}: {@code dW_g += dy_g' x_g}, and {@code dx_g = dy_g W_g}
   * where {@code inputGradient} is not null.
   */
  void groupedBackward(
      int groups,
      Matrix x,
      Matrix weights,
      Matrix outputGradient,
      Matrix weightGradient,
      @Nullable Matrix inputGradient);

  /**
   * The windows of a circular signal one under the other: row {@code i d + p} of {@code target} is
   * {@code source_i,p .. source_i,p+width-1}, indices modulo d.
   *
   * @param source (n, d)
   * @param target (n d, width)
   */
  void circularWindows(Matrix source, Matrix target);

  /** Backward of {@link #circularWindows}: every entry receives the sum over its windows. */
  void circularWindowsBackward(Matrix gradient, Matrix sourceGradient);

  /** Means over consecutive rows: {@code source} (n k, m), {@code target} (n, m). */
  void poolRows(Matrix source, Matrix target);

  /** Backward of {@link #poolRows}: every of the k rows receives gradient / k. */
  void poolRowsBackward(Matrix gradient, Matrix sourceGradient);
}
