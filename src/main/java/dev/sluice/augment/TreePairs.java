package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.LatentTree;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of leaves of a latent tree that share the state of their root: all below it is drawn anew
 * for each view. A negative has a root of its own. Latents are the states of the first view's nodes
 * that are not leaves, level by level from the root.
 *
 * <p>Source: Tian et al. 2020 (arXiv 2010.00578), data augmentation of the hierarchical latent tree
 * model.
 */
public final class TreePairs extends DrawnPairs {
  private final LatentTree tree;
  private final long seed;
  private final int negativesPerPair;
  private final int[] states;

  /**
   * @param negativesPerPair H, at least 0
   */
  public TreePairs(Backend backend, long seed, LatentTree tree, int negativesPerPair) {
    super(backend, tree.leaves(), tree.internalNodes(), 0, requireNotNegative(negativesPerPair));
    this.tree = tree;
    this.seed = seed;
    this.negativesPerPair = negativesPerPair;
    states = new int[tree.internalNodes() + tree.leaves()];
  }

  private static int requireNotNegative(int negativesPerPair) {
    if (negativesPerPair < 0) {
      throw new IllegalArgumentException(
          "negatives per pair must be at least 0: " + negativesPerPair);
    }
    return negativesPerPair;
  }

  /** H. */
  public int negativesPerPair() {
    return negativesPerPair;
  }

  @Override
  void draw(
      long step,
      int firstRow,
      int rowCount,
      float[] view0,
      float[] view1,
      double @Nullable [] latents,
      int[] labels) {
    CounterStream roots = new CounterStream(seed, Purpose.LATENT, step);
    CounterStream below0 = new CounterStream(seed, Purpose.VIEW0, step);
    CounterStream below1 = new CounterStream(seed, Purpose.VIEW1, step);
    for (int r = 0; r < rowCount; r++) {
      long row = (long) firstRow + r;
      states[0] = root(roots, row);
      tree.descend(below0, row, states);
      copyLeaves(view0, r);
      if (latents != null) {
        for (int node = 0; node < tree.internalNodes(); node++) {
          latents[r * tree.internalNodes() + node] = states[node];
        }
      }
      tree.descend(below1, row, states);
      copyLeaves(view1, r);
    }
  }

  @Override
  void drawNegatives(long step, int firstRow, int rowCount, float[] target) {
    CounterStream roots = new CounterStream(seed, Purpose.NEGATIVE_LATENT, step);
    CounterStream below = new CounterStream(seed, Purpose.NEGATIVE_NOISE, step);
    for (int r = 0; r < rowCount; r++) {
      long row = (long) firstRow + r;
      states[0] = root(roots, row);
      tree.descend(below, row, states);
      copyLeaves(target, r);
    }
  }

  private static int root(CounterStream roots, long row) {
    return (int) (roots.bits(row) >>> 63);
  }

  private void copyLeaves(float[] target, int row) {
    int leaves = tree.leaves();
    for (int i = 0; i < leaves; i++) {
      target[row * leaves + i] = states[tree.internalNodes() + i];
    }
  }
}
