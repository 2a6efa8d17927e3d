package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.GrowingBlobs;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of one subject in order of time: the first view at its first age, the second at its second,
 * each with pixel noise of its own. Latents are, of the first view, age, centre x, centre y and
 * amplitude.
 */
public final class GrowthPairs extends DrawnPairs {
  private static final int LATENTS = 4;

  private final GrowingBlobs blobs;
  private final long seed;
  private final double noise;
  private final double[] subjects;

  /**
   * @param noise standard deviation of the noise of a pixel, at least 0
   */
  public GrowthPairs(Backend backend, long seed, GrowingBlobs blobs, double noise) {
    super(backend, GrowingBlobs.SIDE * GrowingBlobs.SIDE, LATENTS, 0, 0);
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("noise of a pixel must be at least 0: " + noise);
    }
    this.blobs = blobs;
    this.seed = seed;
    this.noise = noise;
    subjects = new double[chunkRows() * GrowingBlobs.NUMBERS];
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
    blobs.draw(step, firstRow, rowCount, subjects);
    blobs.render(subjects, rowCount, GrowingBlobs.FIRST_AGE, view0);
    blobs.render(subjects, rowCount, GrowingBlobs.SECOND_AGE, view1);
    int count = rowCount * inputs();
    long first = (long) firstRow * inputs();
    new CounterStream(seed, Purpose.VIEW0, step).addGaussian(view0, 0, count, first, noise);
    new CounterStream(seed, Purpose.VIEW1, step).addGaussian(view1, 0, count, first, noise);
    for (int r = 0; latents != null && r < rowCount; r++) {
      System.arraycopy(subjects, r * GrowingBlobs.NUMBERS, latents, r * LATENTS, LATENTS);
    }
  }
}
