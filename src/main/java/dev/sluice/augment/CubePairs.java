package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.Hypercube;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of one corner of a hypercube: the invariant coordinates are the same in both views, every
 * other is multiplied by a factor of its own in each, uniform in [1/2, 1). All signs survive, but a
 * linear map that reads a spurious one reads its factor too. Latents are the signs of all
 * coordinates, the invariant ones first; the label is the pattern of the invariant signs.
 *
 * <p>Source: HaoChen and Ma 2022 (arXiv 2211.14699); one factor a coordinate is our reading.
 */
public final class CubePairs extends DrawnPairs {
  private final Hypercube cube;
  private final long seed;
  private final int[] corners;

  public CubePairs(Backend backend, long seed, Hypercube cube) {
    super(backend, cube.dimensions(), cube.dimensions(), 1 << cube.invariant(), 0);
    this.cube = cube;
    this.seed = seed;
    corners = new int[chunkRows()];
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
    cube.draw(step, firstRow, rowCount, corners);
    rescale(new CounterStream(seed, Purpose.VIEW0, step), firstRow, rowCount, view0);
    rescale(new CounterStream(seed, Purpose.VIEW1, step), firstRow, rowCount, view1);
    int dimensions = cube.dimensions();
    for (int r = 0; r < rowCount; r++) {
      labels[r] = cube.pattern(corners[r]);
      for (int j = 0; latents != null && j < dimensions; j++) {
        latents[r * dimensions + j] = Hypercube.sign(corners[r], j);
      }
    }
  }

  private void rescale(CounterStream factors, int firstRow, int rowCount, float[] view) {
    int dimensions = cube.dimensions();
    int invariant = cube.invariant();
    for (int r = 0; r < rowCount; r++) {
      int corner = corners[r];
      int at = r * dimensions;
      long first = (long) (firstRow + r) * dimensions;
      for (int j = 0; j < invariant; j++) {
        view[at + j] = (float) (Hypercube.sign(corner, j) * cube.amplitude());
      }
      for (int j = invariant; j < dimensions; j++) {
        view[at + j] = (float) (Hypercube.sign(corner, j) * (1 + factors.uniform(first + j)) / 2);
      }
    }
  }
}
