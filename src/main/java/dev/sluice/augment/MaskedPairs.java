package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of masked views: A0 x and A1 x, with scaled masks that are random, drawn anew for every
 * sample, and copy each other in a share of coordinates, the overlap. At overlap 0 and keep 1/2
 * every coordinate is in exactly one of the views, so that no coordinate of the noise is in both.
 *
 * <p>Source: Wen and Li 2021 (arXiv 2105.15134), RandomMask; overlap and keep are an extension.
 *
 * <p>Keeps scratch rows: one thread at a time. The anchor sources may be shared.
 */
public final class MaskedPairs implements PairSource {
  /** Numbers that one chunk of rows holds: small enough to stay in a core's own cache. */
  private static final int CHUNK = 8192;

  private final AnchorSource anchors;
  private final @Nullable AnchorSource negatives;
  private final Backend backend;
  private final int inputs;
  private final int features;
  private final int chunkRows;
  private final MaskRows masks;
  private final float[] sample;
  private final float[] view0;
  private final float[] view1;
  private final float[] signal;
  private final float[] latents;

  /**
   * @param backend the one that the batches are allocated by
   * @param seed of the masks
   * @param anchors where the samples come from
   * @param negatives where unmasked negatives come from, or null where batches have none
   */
  public MaskedPairs(
      Backend backend, long seed, AnchorSource anchors, @Nullable AnchorSource negatives) {
    this.backend = backend;
    this.anchors = anchors;
    this.negatives = negatives;
    inputs = anchors.inputs();
    if (negatives != null && negatives.inputs() != inputs) {
      throw new IllegalArgumentException(
          "negatives are " + negatives.inputs() + " wide, anchors " + inputs);
    }
    Dictionary dictionary = anchors.dictionary();
    features = dictionary == null ? 0 : dictionary.features();
    chunkRows = Math.max(1, CHUNK / inputs);
    masks = new MaskRows(seed, inputs, chunkRows);
    sample = new float[chunkRows * inputs];
    view0 = new float[chunkRows * inputs];
    view1 = new float[chunkRows * inputs];
    signal = new float[features > 0 ? chunkRows * inputs : 0];
    latents = new float[chunkRows * features];
  }

  @Override
  public void fill(long step, Views views, PairBatch target) {
    BatchShape shape = target.shape();
    requireFitting(shape);
    masks.use(views);
    for (int first = 0; first < shape.pairs(); ) {
      boolean probed = first < shape.probeRows();
      int end = probed ? shape.probeRows() : shape.pairs();
      int count = Math.min(chunkRows, end - first);
      boolean withSignal = probed && features > 0;
      anchors.draw(step, first, count, sample, withSignal ? signal : null, null);
      if (probed) {
        backend.upload(sample, 0, target.probe(), first, count);
      }
      pair(step, first, count, views, sample, target.view0(), target.view1(), first, first);
      if (withSignal) {
        int k = shape.probeRows();
        Matrix probe = target.probe();
        pair(step, first, count, views, signal, probe, probe, k + first, 2 * k + first);
      }
      first += count;
    }
    Matrix fresh = target.negatives();
    if (fresh != null) {
      fillNegatives(step, shape.negatives(), fresh);
    }
    target.filled(step, views.averageToAnchor());
  }

  @Override
  public void fill(Views views, EvaluationBatch target) {
    masks.use(views);
    Matrix signals = target.signal();
    Matrix signals0 = target.signal0();
    Matrix signals1 = target.signal1();
    double[] codes = target.latents();
    boolean truth =
        features > 0 && signals != null && signals0 != null && signals1 != null && codes != null;
    long step = AnchorSource.EVALUATION;
    for (int first = 0; first < target.samples(); first += chunkRows) {
      int count = Math.min(chunkRows, target.samples() - first);
      anchors.draw(step, first, count, sample, truth ? signal : null, truth ? latents : null);
      backend.upload(sample, 0, target.anchors(), first, count);
      pair(step, first, count, views, sample, target.view0(), target.view1(), first, first);
      if (signals != null && signals0 != null && signals1 != null && codes != null) {
        backend.upload(signal, 0, signals, first, count);
        pair(step, first, count, views, signal, signals0, signals1, first, first);
        for (int i = 0; i < count * features; i++) {
          codes[first * features + i] = latents[i];
        }
      }
    }
  }

  /** Uploads both views of {@code count} rows of {@code source} to rows of two matrices. */
  private void pair(
      long step,
      int first,
      int count,
      Views views,
      float[] source,
      Matrix target0,
      Matrix target1,
      int row0,
      int row1) {
    if (!views.masked()) {
      backend.upload(source, 0, target0, row0, count);
      backend.upload(source, 0, target1, row1, count);
      return;
    }
    masks.draw(step, first, count);
    masks.apply(source, view0, view1, count);
    backend.upload(view0, 0, target0, row0, count);
    backend.upload(view1, 0, target1, row1, count);
  }

  private void fillNegatives(long step, int count, Matrix target) {
    if (negatives == null) {
      throw new IllegalStateException("batches hold negatives, but no source of them was given");
    }
    for (int first = 0; first < count; first += chunkRows) {
      int rows = Math.min(chunkRows, count - first);
      negatives.draw(step, first, rows, sample, null, null);
      backend.upload(sample, 0, target, first, rows);
    }
  }

  private void requireFitting(BatchShape shape) {
    if (shape.inputs() != inputs || shape.groundTruth() != features > 0) {
      throw new IllegalArgumentException(
          "batches are "
              + shape.inputs()
              + " wide, ground truth "
              + shape.groundTruth()
              + "; the source is "
              + inputs
              + " wide, ground truth "
              + (features > 0));
    }
  }
}
