package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/**
 * Corners of a hypercube, all as likely. The first coordinates are the invariant ones, which no
 * view changes; the others are spurious. Immutable: any thread may draw.
 *
 * <p>A corner is an int: bit j is 1 where coordinate j is +1 and 0 where it is -1.
 *
 * <p>Source: HaoChen and Ma 2022 (arXiv 2211.14699), the example of linear against universal
 * features.
 */
public final class Hypercube {
  private static final int MAX_DIMENSIONS = 30;

  private final long seed;
  private final int dimensions;
  private final int invariant;
  private final double amplitude;

  /**
   * @param dimensions d
   * @param invariant s, coordinates that no view changes, in [1, d]
   * @param amplitude a, size of an invariant coordinate, above 0; a spurious one has size 1
   */
  public Hypercube(long seed, int dimensions, int invariant, double amplitude) {
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "dimensions of a hypercube must be in [1, " + MAX_DIMENSIONS + "]: " + dimensions);
    }
    if (invariant < 1 || invariant > dimensions) {
      throw new IllegalArgumentException(
          "invariant coordinates must be in [1, " + dimensions + "]: " + invariant);
    }
    if (!(amplitude > 0 && amplitude < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("amplitude must be above 0: " + amplitude);
    }
    this.seed = seed;
    this.dimensions = dimensions;
    this.invariant = invariant;
    this.amplitude = amplitude;
  }

  /** d. */
  public int dimensions() {
    return dimensions;
  }

  /** s. */
  public int invariant() {
    return invariant;
  }

  /** a. */
  public double amplitude() {
    return amplitude;
  }

  /** Draws the corners of rows {@code firstRow .. firstRow + rowCount} of a step, from index 0. */
  public void draw(long step, int firstRow, int rowCount, int[] corners) {
    CounterStream stream = new CounterStream(seed, Purpose.LATENT, step);
    for (int r = 0; r < rowCount; r++) {
      corners[r] = (int) (stream.bits(firstRow + r) >>> (64 - dimensions));
    }
  }

  /** Coordinate j of a corner, -1 or 1. */
  public static int sign(int corner, int j) {
    return 2 * (corner >>> j & 1) - 1;
  }

  /** Which of the 2^s patterns the invariant signs of a corner are. */
  public int pattern(int corner) {
    return corner & ((1 << invariant) - 1);
  }
}
