package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import dev.sluice.data.LabelledAnchors;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of noisy copies of one anchor: x + sigma g0 and x + sigma g1 with white Gaussian noise of
 * their own. What noise the anchor has by itself is in both. Latents are those of the anchor's
 * dictionary, where it is known.
 */
public final class NoisyPairs extends DrawnPairs {
  private final long seed;
  private final AnchorSource anchors;
  private final @Nullable LabelledAnchors classes;
  private final double noise;
  private final float[] codes;

  private NoisyPairs(
      Backend backend,
      long seed,
      AnchorSource anchors,
      @Nullable LabelledAnchors classes,
      double noise) {
    super(backend, anchors.inputs(), features(anchors), classes == null ? 0 : classes.classes(), 0);
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("noise of a view must be at least 0: " + noise);
    }
    this.seed = seed;
    this.anchors = anchors;
    this.classes = classes;
    this.noise = noise;
    codes = new float[chunkRows() * latents()];
  }

  /**
   * @param noise sigma, standard deviation of the noise of a view in every direction, at least 0
   */
  public static NoisyPairs of(Backend backend, long seed, AnchorSource anchors, double noise) {
    return new NoisyPairs(backend, seed, anchors, null, noise);
  }

  /** Of anchors with their labels. */
  public static NoisyPairs labelled(
      Backend backend, long seed, LabelledAnchors anchors, double noise) {
    return new NoisyPairs(backend, seed, anchors, anchors, noise);
  }

  private static int features(AnchorSource anchors) {
    Dictionary dictionary = anchors.dictionary();
    return dictionary == null ? 0 : dictionary.features();
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
    boolean coded = latents != null && codes.length > 0;
    anchors.draw(step, firstRow, rowCount, view0, null, coded ? codes : null);
    if (latents != null) {
      for (int i = 0; i < rowCount * latents(); i++) {
        latents[i] = codes[i];
      }
    }
    if (classes != null) {
      classes.labels(step, firstRow, rowCount, labels);
    }
    int count = rowCount * inputs();
    long first = (long) firstRow * inputs();
    System.arraycopy(view0, 0, view1, 0, count);
    new CounterStream(seed, Purpose.VIEW0, step).addGaussian(view0, 0, count, first, noise);
    new CounterStream(seed, Purpose.VIEW1, step).addGaussian(view1, 0, count, first, noise);
  }
}
