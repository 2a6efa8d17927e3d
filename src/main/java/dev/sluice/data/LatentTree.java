package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/**
 * A binary tree of hidden states, 0 or 1, with two children a node. The root is fair; every child
 * equals its parent with probability (1 + rho) / 2, where the polarity rho of an edge is uniform in
 * [lo, 1] with a random sign and fixed by the seed. What is seen of it are the leaves. Immutable:
 * any thread may draw.
 *
 * <p>Nodes are numbered level by level from the root, 0: the children of node k are 2 k + 1 and 2 k
 * + 2.
 *
 * <p>Source: Tian et al. 2020 (arXiv 2010.00578), the hierarchical latent tree model, with the
 * settings of the released code.
 */
public final class LatentTree {
  private static final int MAX_DEPTH = 12;

  /** A child takes half a draw: 32 bits decide whether it flips. */
  private static final long HALF = 0xffff_ffffL;

  private static final double TO_LIMIT = 0x1.0p32;

  private final int depth;
  private final int internalNodes;

  /** By node: it flips where 32 bits are below its limit. */
  private final long[] flipLimits;

  /**
   * @param depth L, levels below the root; the leaves are 2^L
   * @param leastPolarity lo, smallest |rho| of an edge, in [0, 1]
   */
  public LatentTree(long seed, int depth, double leastPolarity) {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "depth of a tree must be in [1, " + MAX_DEPTH + "]: " + depth);
    }
    if (!(leastPolarity >= 0 && leastPolarity <= 1)) {
      throw new IllegalArgumentException("least polarity must be in [0, 1]: " + leastPolarity);
    }
    this.depth = depth;
    internalNodes = (1 << depth) - 1;
    flipLimits = new long[internalNodes + leaves()];
    CounterStream stream = new CounterStream(seed, Purpose.POLARITY, 0);
    for (int node = 1; node < flipLimits.length; node++) {
      double size = leastPolarity + (1 - leastPolarity) * stream.uniform(2L * node);
      double polarity = stream.bits(2L * node + 1) < 0 ? -size : size;
      flipLimits[node] = Math.round((1 - polarity) / 2 * TO_LIMIT);
    }
  }

  /** L. */
  public int depth() {
    return depth;
  }

  /** 2^L. */
  public int leaves() {
    return 1 << depth;
  }

  /** Nodes that are not leaves, the root among them: 2^L - 1. */
  public int internalNodes() {
    return internalNodes;
  }

  /** rho of the edge from a node, of 1 or more, to its parent. */
  public double polarity(int node) {
    return 1 - 2 * flipProbability(node);
  }

  /** Probability that a node, of 1 or more, differs from its parent. Exact, not rounded. */
  double flipProbability(int node) {
    return flipLimits[node] / TO_LIMIT;
  }

  /**
   * Draws all that is below the root.
   *
   * @param row which descent of the stream it is
   * @param states by node; the root's is given, the others are filled
   */
  public void descend(CounterStream stream, long row, int[] states) {
    long first = row * internalNodes;
    for (int parent = 0; parent < internalNodes; parent++) {
      long bits = stream.bits(first + parent);
      int left = 2 * parent + 1;
      int right = left + 1;
      states[left] = states[parent] ^ flipped(bits & HALF, left);
      states[right] = states[parent] ^ flipped(bits >>> 32, right);
    }
  }

  private int flipped(long half, int node) {
    return (int) ((half - flipLimits[node]) >>> 63);
  }

  /**
   * P(leaves | root), by the sum over all states between them. Its cost is 4^L: for small trees.
   *
   * @param leaves 2^L of 0 or 1
   * @param root 0 or 1
   */
  public double leafProbability(int[] leaves, int root) {
    if (leaves.length != leaves()) {
      throw new IllegalArgumentException(
          "a tree of depth " + depth + " has " + leaves() + " leaves, given " + leaves.length);
    }
    return below(0, root, leaves);
  }

  /** P(leaves below the node | its state). */
  private double below(int node, int state, int[] leaves) {
    if (node >= internalNodes) {
      return leaves[node - internalNodes] == state ? 1 : 0;
    }
    double product = 1;
    for (int child = 2 * node + 1; child <= 2 * node + 2; child++) {
      double flip = flipProbability(child);
      product *= (1 - flip) * below(child, state, leaves) + flip * below(child, 1 - state, leaves);
    }
    return product;
  }
}
