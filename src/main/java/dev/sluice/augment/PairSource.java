package dev.sluice.augment;

/**
 * Fills batches of pairs: an anchor source and a pairing rule. A batch is a pure function of (seed,
 * step, views). Instances keep scratch rows, so each thread has its own ({@link Factory}).
 */
public interface PairSource {

  /** Fills {@code target} with the pairs of {@code step}. */
  void fill(long step, Views views, PairBatch target);

  /**
   * Fills the fixed evaluation batch: anchors, views and sparse parts of the first {@code
   * target.samples()} rows of the evaluation draw. The masks are keyed like the anchors, so that
   * only {@code views} changes them.
   */
  void fill(Views views, EvaluationBatch target);

  /** Makes a source with scratch of its own for a thread. */
  @FunctionalInterface
  interface Factory {
    PairSource create();
  }
}
