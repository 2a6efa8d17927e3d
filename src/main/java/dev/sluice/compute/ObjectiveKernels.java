package dev.sluice.compute;

/**
 * The kernels of objectives: what turns matrices of embeddings, similarities or moments into a loss
 * and its gradient. Part of the closed list of {@link Backend}; shapes are checked as there.
 */
public interface ObjectiveKernels {

  /** Sum of the squares of all entries. */
  double squaredNorm(Matrix matrix);

  /** Sum of the squares of {@code a - b}. */
  double squaredDistance(Matrix a, Matrix b);

  /** Sum of the entrywise products of {@code a} and {@code b}. */
  double dot(Matrix a, Matrix b);

  /** Adds to every entry of the diagonal of a square matrix; returns the sum of the old ones. */
  double shiftDiagonal(Matrix square, double by);

  /** Sets the diagonal of a square matrix to 0. */
  void clearDiagonal(Matrix square);

  /** Sets the rows of {@code target} to 0 where {@code column} (n, 1) is 0. */
  void gateRows(Matrix column, Matrix target);

  /** {@code whole} (n + k, m) becomes the rows of {@code top} and below them {@code bottom}'s. */
  void stack(Matrix top, Matrix bottom, Matrix whole);

  /** Undoes {@link #stack}: {@code top} and {@code bottom} become the rows of {@code whole}. */
  void split(Matrix whole, Matrix top, Matrix bottom);

  /** Every column less its mean; {@code target} may be {@code source}. */
  void centreColumns(Matrix source, Matrix target);

  /**
   * Contrast over a labelled batch, in place: {@code similarity} (n, n) holds {@code <z_i, z_a> /
   * tau} and afterwards {@code dL/d similarity}. Anchors are contrasted with all others; an anchor
   * without a positive is left out and its row becomes 0.
   *
   * <p>Outside: {@code L = mean_i -1/|P(i)| sum_p log softmax_i(p)}; inside: {@code L = mean_i
   * -log(1/|P(i)| sum_p softmax_i(p))} (Khosla et al. 2020). The probability is the mean softmax
   * mass of the positives; top 1 the share of anchors whose most similar other, the first among
   * equals, is a positive; both over the anchors that have one. Where none has, the loss is a mean
   * of nothing: NaN, with a gradient of 0.
   *
   * @param labels length n
   */
  ContrastStatistics contrastLabelled(Matrix similarity, int[] labels, boolean inside);

  /**
   * Lp-InfoNCE, {@code L = mean_i [ d(a_i, b_i) / tau + lse({-d(a_i, a_j) / tau over all j},
   * -d(a_i, b_i) / tau) ]} with {@code d(a, b) = sum_k |a_k - b_k|^p} (Zimmermann et al. 2021). The
   * term of an anchor with itself is a constant 1 in the sum, which bounds the loss by log 2 from
   * below. Top 1 is the share of anchors that are nearer to their positive than to every other
   * anchor.
   *
   * @param power p, at least 1
   * @param gradientA receives dL/da
   * @param gradientB receives dL/db
   */
  ContrastStatistics powerContrast(
      Matrix a, Matrix b, double power, double temperature, Matrix gradientA, Matrix gradientB);

  /** How {@link #distanceContrast} weighs the half squared distances of a tuple. */
  enum Contrast {
    /** {@code r - mean_k r_k}. */
    SIMPLE,
    /** {@code mean_k tau log(1 + exp((r - r_k + margin) / tau))}. */
    TRIPLET,
    /** {@code -log(exp(-r / tau) / (exp(-r / tau) + sum_k exp(-r_k / tau)))}. */
    INFO_NCE
  }

  /**
   * Mean over anchors of a loss of the half squared distances {@code r} to the positive and {@code
   * r_k} to H negatives of each anchor's own (Tian et al. 2020). Top 1 is the share of anchors that
   * are nearer to their positive than to every negative; the probability is absent without softmax.
   *
   * @param negatives (n H, d): those of anchor i in rows i H to i H + H - 1
   */
  ContrastStatistics distanceContrast(
      Contrast form,
      Matrix anchor,
      Matrix positive,
      Matrix negatives,
      double temperature,
      double margin,
      Matrix anchorGradient,
      Matrix positiveGradient,
      Matrix negativeGradient);

  /**
   * The variance term of VICReg: {@code mean_j max(0, 1 - sqrt(var_j + epsilon))}, with the
   * unbiased variance; adds {@code scale} times its gradient to {@code gradient}.
   */
  double varianceHinge(Matrix embeddings, double epsilon, double scale, Matrix gradient);

  /**
   * The loss of Barlow Twins over a cross-correlation matrix, in place: returns {@code sum_i (1 -
   * C_ii)^2 + lambda sum_{i != j} C_ij^2} and leaves {@code dL/dC}.
   */
  double redundancy(Matrix correlation, double lambda);
}
