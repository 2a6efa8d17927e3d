package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.data.LatentPairs;
import dev.sluice.data.Mixing;
import org.jspecify.annotations.Nullable;

/**
 * Pairs that are made before they are rendered: latents z and z+ given z, both seen through the
 * same mixing. Latents are z, those of the first view.
 *
 * <p>Source: Zimmermann et al. 2021 (arXiv 2102.08850).
 */
public final class ConditionalPairs extends DrawnPairs {
  private final LatentPairs source;
  private final Mixing mixing;
  private final double[] anchors;
  private final double[] positives;

  public ConditionalPairs(Backend backend, LatentPairs source, Mixing mixing) {
    super(backend, mixing.size(), source.size(), 0, 0);
    if (mixing.size() != source.size()) {
      throw new IllegalArgumentException(
          "the mixing is of " + mixing.size() + " latents, the source has " + source.size());
    }
    this.source = source;
    this.mixing = mixing;
    anchors = new double[chunkRows() * source.size()];
    positives = new double[chunkRows() * source.size()];
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
    source.draw(step, firstRow, rowCount, anchors, positives);
    mixing.render(anchors, rowCount, view0);
    mixing.render(positives, rowCount, view1);
    if (latents != null) {
      System.arraycopy(anchors, 0, latents, 0, rowCount * latents());
    }
  }
}
