package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.ShiftedPatch;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of rings with the same patch at the same position; the background, all that is not patch,
 * is Gaussian and drawn anew for each view. Latents are the two signs of the patch and the cosine
 * and sine of its position's angle; the label is the patch.
 */
public final class PatchPairs extends DrawnPairs {
  private static final int LATENTS = ShiftedPatch.WIDTH + 2;

  private final ShiftedPatch source;
  private final long seed;
  private final double background;
  private final int[] patches;
  private final int[] positions;
  private final double[] cosines;
  private final double[] sines;

  /**
   * @param background standard deviation of what is not patch, at least 0
   */
  public PatchPairs(Backend backend, long seed, ShiftedPatch source, double background) {
    super(backend, source.length(), LATENTS, ShiftedPatch.PATCHES, 0);
    if (!(background >= 0 && background < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "standard deviation of the background must be at least 0: " + background);
    }
    this.source = source;
    this.seed = seed;
    this.background = background;
    patches = new int[chunkRows()];
    positions = new int[chunkRows()];
    cosines = new double[source.length()];
    sines = new double[source.length()];
    for (int p = 0; p < source.length(); p++) {
      double angle = 2 * Math.PI * p / source.length();
      cosines[p] = StrictMath.cos(angle);
      sines[p] = StrictMath.sin(angle);
    }
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
    source.draw(step, firstRow, rowCount, patches, positions);
    lay(new CounterStream(seed, Purpose.VIEW0, step), firstRow, rowCount, view0);
    lay(new CounterStream(seed, Purpose.VIEW1, step), firstRow, rowCount, view1);
    for (int r = 0; r < rowCount; r++) {
      labels[r] = patches[r];
      if (latents != null) {
        int at = r * LATENTS;
        latents[at] = ShiftedPatch.sign(patches[r], 0);
        latents[at + 1] = ShiftedPatch.sign(patches[r], 1);
        latents[at + 2] = cosines[positions[r]];
        latents[at + 3] = sines[positions[r]];
      }
    }
  }

  private void lay(CounterStream noise, int firstRow, int rowCount, float[] view) {
    int length = source.length();
    noise.fillGaussian(view, 0, rowCount * length, (long) firstRow * length, background);
    for (int r = 0; r < rowCount; r++) {
      for (int i = 0; i < ShiftedPatch.WIDTH; i++) {
        view[r * length + (positions[r] + i) % length] = ShiftedPatch.sign(patches[r], i);
      }
    }
  }
}
