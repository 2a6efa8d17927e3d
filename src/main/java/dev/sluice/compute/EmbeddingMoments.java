package dev.sluice.compute;

/**
 * Sums over the rows f of a matrix of embeddings (n, m) that the every-step measures are made of; u
 * is f / |f|, and the zero vector for f = 0. Reused from step to step.
 */
public final class EmbeddingMoments {
  /** Rows summed over. */
  public int samples;

  /** Non-zero entries of f. */
  public long activeEntries;

  /** Rows with f = 0. */
  public int zeroRows;

  /** Sum and largest of |f|. */
  public double normSum;

  public double normMax;

  /**
   * Entries of f that are NaN or infinite; such rows are counted here and left out of every other
   * sum.
   */
  public long nonFinite;

  /** Per column: sum of u. */
  public final double[] unitSum;

  /** Per column: sum of u squared. */
  public final double[] unitSquareSum;

  public EmbeddingMoments(int columns) {
    unitSum = new double[columns];
    unitSquareSum = new double[columns];
  }
}
