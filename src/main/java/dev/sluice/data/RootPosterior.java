package dev.sluice.data;

import dev.sluice.compute.Statistics;

/**
 * What the leaves of a {@link LatentTree} say of its root: P(root = 1 | leaves), by messages from
 * the leaves up. Nothing that reads the leaves alone correlates better with the root, so that the
 * correlation of the two is the ceiling of every representation. Keeps scratch: one thread at a
 * time.
 */
public final class RootPosterior {
  private final LatentTree tree;

  /** By node: P(leaves below | 1) / (P(leaves below | 0) + P(leaves below | 1)). */
  private final double[] one;

  public RootPosterior(LatentTree tree) {
    this.tree = tree;
    one = new double[tree.internalNodes() + tree.leaves()];
  }

  /**
   * P(root = 1 | leaves), in [0, 1]; NaN for leaves that the tree cannot have.
   *
   * @param leaves 0 or 1 each, 2^L of them from {@code offset} on
   */
  public double of(double[] leaves, int offset) {
    int internal = tree.internalNodes();
    System.arraycopy(leaves, offset, one, internal, tree.leaves());
    for (int node = internal - 1; node >= 0; node--) {
      int left = 2 * node + 1;
      double zeros = given(left, 0) * given(left + 1, 0);
      double ones = given(left, 1) * given(left + 1, 1);
      one[node] = ones / (zeros + ones);
    }
    return one[0];
  }

  /** What is below a child, given its parent's state, up to a factor. */
  private double given(int child, int parentState) {
    double flip = tree.flipProbability(child);
    double same = parentState == 1 ? one[child] : 1 - one[child];
    return (1 - flip) * same + flip * (1 - same);
  }

  /**
   * Pearson correlation of the root with its posterior over some samples, in [-1, 1]; 0 where one
   * of them does not vary.
   *
   * @param leaves row-major, rows x 2^L
   * @param states of all nodes that are not leaves, row-major, rows x (2^L - 1), the root first
   */
  public double ceiling(double[] leaves, double[] states) {
    int rows = leaves.length / tree.leaves();
    int stride = tree.internalNodes();
    if (leaves.length != rows * tree.leaves() || states.length != rows * stride) {
      throw new IllegalArgumentException(
          "rows of "
              + tree.leaves()
              + " leaves and "
              + stride
              + " states, given "
              + leaves.length
              + " and "
              + states.length
              + " numbers");
    }
    double[] roots = new double[rows];
    double[] posteriors = new double[rows];
    for (int r = 0; r < rows; r++) {
      roots[r] = states[r * stride];
      posteriors[r] = of(leaves, r * tree.leaves());
    }
    return Statistics.pooledCorrelation(roots, posteriors, rows, 1);
  }
}
