package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A fixed batch that measures are taken on: both views and, where they are known, un-augmented
 * anchors, their sparse parts, latents and labels. The dense part of anything is the whole minus
 * its sparse part. Refilled only when a knob of the augmentation moves.
 */
public final class EvaluationBatch implements AutoCloseable {
  private final int samples;
  private final @Nullable Matrix anchors;
  private final Matrix view0;
  private final Matrix view1;
  private final @Nullable Matrix signal;
  private final @Nullable Matrix signal0;
  private final @Nullable Matrix signal1;
  private final double @Nullable [] latents;
  private final int[] labels;

  private EvaluationBatch(
      Backend backend, int samples, int inputs, boolean anchored, boolean truth, int latentCount) {
    this.samples = samples;
    anchors = anchored ? backend.allocate(samples, inputs) : null;
    view0 = backend.allocate(samples, inputs);
    view1 = backend.allocate(samples, inputs);
    signal = truth ? backend.allocate(samples, inputs) : null;
    signal0 = truth ? backend.allocate(samples, inputs) : null;
    signal1 = truth ? backend.allocate(samples, inputs) : null;
    latents = latentCount > 0 ? new double[samples * latentCount] : null;
    labels = new int[samples];
  }

  /**
   * With anchors, of which the views are masked copies.
   *
   * @param features d, number of latents, or 0 when the truth is not known
   */
  public static EvaluationBatch masked(Backend backend, int samples, int inputs, int features) {
    return new EvaluationBatch(backend, samples, inputs, true, features > 0, features);
  }

  /**
   * Of views alone.
   *
   * @param latentCount numbers behind a sample that the source knows, or 0
   */
  public static EvaluationBatch ofViews(Backend backend, int samples, int inputs, int latentCount) {
    return new EvaluationBatch(backend, samples, inputs, false, false, latentCount);
  }

  public int samples() {
    return samples;
  }

  /** x, shape (n, d1). */
  public Matrix anchors() {
    if (anchors == null) {
      throw new IllegalStateException("this run knows its samples by their views alone");
    }
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

  /** What is behind each sample, row-major n x d; this batch's own array, filled in place. */
  public double @Nullable [] latents() {
    return latents;
  }

  /** Class of each sample, all 0 where there are none; this batch's own array, filled in place. */
  public int[] labels() {
    return labels;
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
