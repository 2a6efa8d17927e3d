package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/**
 * A patch of two neighbouring signs somewhere on a ring: all four patches and all positions are as
 * likely. What is around it is the views' own. Immutable: any thread may draw.
 *
 * <p>A patch is an int from 0 to 3: bit i is 1 where its sign i is +1 and 0 where it is -1.
 *
 * <p>A construction of our own after HaoChen and Ma 2022 (arXiv 2211.14699), theorem 5.12.
 */
public final class ShiftedPatch {
  /** Signs of a patch. */
  public static final int WIDTH = 2;

  /** Different patches. */
  public static final int PATCHES = 1 << WIDTH;

  private final long seed;
  private final int length;

  /**
   * @param length d, positions on the ring, at least 3
   */
  public ShiftedPatch(long seed, int length) {
    if (length <= WIDTH) {
      throw new IllegalArgumentException(
          "a ring needs more positions than the " + WIDTH + " of the patch: " + length);
    }
    this.seed = seed;
    this.length = length;
  }

  /** d. */
  public int length() {
    return length;
  }

  /**
   * Draws rows {@code firstRow .. firstRow + rowCount} of a step.
   *
   * @param patches receives one a row, from index 0 on
   * @param positions receives where the first sign of each is, in 0 .. d - 1; the second is behind
   *     it, at 0 when that is past the end
   */
  public void draw(long step, int firstRow, int rowCount, int[] patches, int[] positions) {
    CounterStream stream = new CounterStream(seed, Purpose.LATENT, step);
    for (int r = 0; r < rowCount; r++) {
      long first = 2L * (firstRow + r);
      patches[r] = stream.below(PATCHES, first);
      positions[r] = stream.below(length, first + 1);
    }
  }

  /** Sign i of a patch, -1 or 1. */
  public static int sign(int patch, int i) {
    return 2 * (patch >>> i & 1) - 1;
  }
}
