package dev.sluice.augment;

/**
 * The shape of the batches of a run.
 *
 * @param pairs B, positive pairs a batch
 * @param inputs d1, width of a sample
 * @param negatives H, fresh unmasked negatives a batch, 0 for none
 * @param probeRows samples of the batch that carry what the correlation estimate needs, {@code
 *     max(16, B/16)} but at most B
 * @param groundTruth whether the source knows its dictionary
 * @param labelled whether every pair carries a class label
 */
public record BatchShape(
    int pairs, int inputs, int negatives, int probeRows, boolean groundTruth, boolean labelled) {

  public static BatchShape of(int pairs, int inputs, int negatives, boolean groundTruth) {
    int probeRows = Math.min(pairs, Math.max(16, pairs / 16));
    return new BatchShape(pairs, inputs, negatives, probeRows, groundTruth, false);
  }

  /** Batches of two views each, without rows of their own for probes. */
  public static BatchShape ofViews(int pairs, int inputs, int negatives, boolean labelled) {
    return new BatchShape(pairs, inputs, negatives, 0, false, labelled);
  }

  /**
   * Rows of the probe matrix: anchors, and with known truth the masked sparse parts of both views.
   */
  public int probeMatrixRows() {
    return groundTruth ? 3 * probeRows : probeRows;
  }
}
