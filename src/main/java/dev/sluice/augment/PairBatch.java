package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * One step's positive pairs, as matrices of the trainer's backend. A buffer: it comes from a pool,
 * is filled by a pair stream, read by the trainer and goes back. One thread at a time.
 */
public final class PairBatch implements AutoCloseable {
  private final BatchShape shape;
  private final Matrix view0;
  private final Matrix view1;
  private final @Nullable Matrix negatives;
  private final @Nullable Matrix probe;
  private final int[] labels;
  private long step;
  private boolean averageToAnchor;
  private long fillNanos;

  public PairBatch(Backend backend, BatchShape shape) {
    this.shape = shape;
    view0 = backend.allocate(shape.pairs(), shape.inputs());
    view1 = backend.allocate(shape.pairs(), shape.inputs());
    negatives = shape.negatives() == 0 ? null : backend.allocate(shape.negatives(), shape.inputs());
    probe =
        shape.probeRows() == 0 ? null : backend.allocate(shape.probeMatrixRows(), shape.inputs());
    labels = new int[shape.labelled() ? shape.pairs() : 0];
  }

  public BatchShape shape() {
    return shape;
  }

  /** The views of row p are a positive pair; shape (B, d1). */
  public Matrix view0() {
    return view0;
  }

  public Matrix view1() {
    return view1;
  }

  /**
   * Samples to be told apart from, shape (H, d1): fresh unmasked ones shared by the batch, or as
   * many for each pair, those of a pair one by one.
   */
  public @Nullable Matrix negatives() {
    return negatives;
  }

  /**
   * What the every-step estimates read, for the first k = {@link BatchShape#probeRows} samples:
   * their anchors in rows 0 to k, and with known truth A0 M z in rows k to 2k and A1 M z in rows 2k
   * to 3k.
   */
  public Matrix probe() {
    if (probe == null) {
      throw new IllegalStateException("batches of this shape have no probe rows: " + shape);
    }
    return probe;
  }

  /** Class of each pair, from 0; empty where pairs have none. This batch's own array. */
  public int[] labels() {
    return labels;
  }

  public long step() {
    return step;
  }

  /** Whether (view0 + view1) / 2 is the anchor in every row. */
  public boolean averageToAnchor() {
    return averageToAnchor;
  }

  /** Nanoseconds that filling took, for the phase {@code augment}. */
  public long fillNanos() {
    return fillNanos;
  }

  /** Said by whoever filled the matrices. */
  public void filled(long step, boolean averageToAnchor) {
    this.step = step;
    this.averageToAnchor = averageToAnchor;
  }

  public void tookNanos(long fillNanos) {
    this.fillNanos = fillNanos;
  }

  @Override
  public void close() {
    view0.close();
    view1.close();
    if (negatives != null) {
      negatives.close();
    }
    if (probe != null) {
      probe.close();
    }
  }
}
