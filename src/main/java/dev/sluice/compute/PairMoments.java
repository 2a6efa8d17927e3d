package dev.sluice.compute;

/**
 * Sums over the pairs of rows (f0, f1) of two matrices of embeddings; u is f / |f|, and zero for f
 * = 0. Reused. An entry that is not finite makes the sums NaN.
 */
public final class PairMoments {
  public int samples;

  /** Sum of f0 . f1. */
  public double dotSum;

  /** Sum of u0 . u1. */
  public double cosineSum;

  /** Sum of |u0 - u1|^2. */
  public double squaredDistanceSum;
}
