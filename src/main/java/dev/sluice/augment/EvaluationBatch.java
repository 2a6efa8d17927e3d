package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A fixed batch that measures are taken on: anchors, both views and, where the truth is known, the
 * sparse parts and the latents. The dense part of anything is the whole minus its sparse part.
 * Refilled only when a knob of the augmentation moves.
 */
public final class EvaluationBatch implements AutoCloseable {
  private final int samples;
  private final Matrix anchors;
  private final Matrix view0;
  private final Matrix view1;
  private final @Nullable Matrix signal;
  private final @Nullable Matrix signal0;
  private final @Nullable Matrix signal1;
  private final double @Nullable [] latents;

  /**
   * @param features d, number of latents, or 0 when the truth is not known
   */
  public EvaluationBatch(Backend backend, int samples, int inputs, int features) {
    this.samples = samples;
    anchors = backend.allocate(samples, inputs);
    view0 = backend.allocate(samples, inputs);
    view1 = backend.allocate(samples, inputs);
    boolean truth = features > 0;
    signal = truth ? backend.allocate(samples, inputs) : null;
    signal0 = truth ? backend.allocate(samples, inputs) : null;
    signal1 = truth ? backend.allocate(samples, inputs) : null;
    latents = truth ? new double[samples * features] : null;
  }

  public int samples() {
    return samples;
  }

  /** x, shape (n, d1). */
  public Matrix anchors() {
    return anchors;
  }

  public Matrix view0() {
    return view0;
  }

  public Matrix view1() {
    return view1;
  }

  /** s = M z, shape (n, d1). */
  public @Nullable Matrix signal() {
    return signal;
  }

  /** A0 s. */
  public @Nullable Matrix signal0() {
    return signal0;
  }

  /** A1 s. */
  public @Nullable Matrix signal1() {
    return signal1;
  }

  /** z, row-major n x d; this batch's own array, filled in place. */
  public double @Nullable [] latents() {
    return latents;
  }

  @Override
  public void close() {
    for (Matrix matrix : new @Nullable Matrix[] {anchors, view0, view1, signal, signal0, signal1}) {
      if (matrix != null) {
        matrix.close();
      }
    }
  }
}
