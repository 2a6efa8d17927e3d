package dev.sluice.data;

import org.jspecify.annotations.Nullable;

/**
 * Draws anchors: samples before augmentation. A draw is a pure function of the source's seed, the
 * step and the row, so any number of threads may draw any steps in any order. Steps from 0 on are
 * training steps; negative steps are evaluation batches of their own ({@link #EVALUATION} ...),
 * never met in training.
 */
public interface AnchorSource {

  /** The step whose draw is the fixed evaluation batch. */
  long EVALUATION = -1;

  /** The steps whose draws train and test the linear probe. */
  long PROBE_TRAINING = -2;

  long PROBE_TEST = -3;

  /** Width of a sample: d1. */
  int inputs();

  /** The dictionary behind the samples, or null when it is not known. */
  @Nullable Dictionary dictionary();

  /**
   * Draws rows {@code firstRow .. firstRow + rowCount} of a step.
   *
   * @param anchors receives the samples row-major, rowCount x inputs, from index 0 on
   * @param signal receives the sparse part M z of the same rows, in the same form; null when it is
   *     not wanted; never given where the dictionary is not known
   * @param latents receives z, rowCount x features; null when it is not wanted
   */
  void draw(
      long step,
      int firstRow,
      int rowCount,
      float[] anchors,
      float @Nullable [] signal,
      float @Nullable [] latents);

  /** Side of the images the samples are, in pixels, or 0 when they are no images. */
  default int tileSide() {
    return 0;
  }
}
