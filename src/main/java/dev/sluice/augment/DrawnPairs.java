package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.data.AnchorSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of which both views are drawn, not masked out of an anchor: what is left to a kind of pairs
 * is to draw some rows. The views are numbers of the (seed, step, row) alone; the knobs of masks do
 * not move them.
 *
 * <p>Keeps scratch rows: one thread at a time. The sources behind it may be shared.
 */
public abstract class DrawnPairs implements PairSource {
  /** Numbers that one chunk of rows holds: small enough to stay in a core's own cache. */
  private static final int CHUNK = 8192;

  private final Backend backend;
  private final int inputs;
  private final int latents;
  private final int classes;
  private final int negativesPerPair;
  private final int chunkRows;
  private final float[] rows0;
  private final float[] rows1;
  private final double[] latentRows;
  private final int[] labels;

  /**
   * @param backend the one that the batches are allocated by
   * @param inputs width of a view
   * @param latents numbers behind a sample, or 0
   * @param classes that a pair may be of, or 0
   * @param negativesPerPair drawn for each pair, or 0
   */
  DrawnPairs(Backend backend, int inputs, int latents, int classes, int negativesPerPair) {
    this.backend = backend;
    this.inputs = inputs;
    this.latents = latents;
    this.classes = classes;
    this.negativesPerPair = negativesPerPair;
    chunkRows = Math.max(1, CHUNK / inputs);
    rows0 = new float[chunkRows * inputs];
    rows1 = new float[chunkRows * inputs];
    latentRows = new double[chunkRows * latents];
    labels = new int[chunkRows];
  }

  /** Width of a view. */
  public final int inputs() {
    return inputs;
  }

  /** Numbers behind a sample that the evaluation batch holds, or 0. */
  public final int latents() {
    return latents;
  }

  /** C, or 0 where pairs have no labels. */
  public final int classes() {
    return classes;
  }

  /** Most rows drawn at a time. */
  final int chunkRows() {
    return chunkRows;
  }

  /** The shape of the training batches it fills. */
  public final BatchShape shape(int pairs) {
    return BatchShape.ofViews(pairs, inputs, negativesPerPair * pairs, classes > 0);
  }

  /** A batch for {@link #fill(Views, EvaluationBatch)}. */
  public final EvaluationBatch evaluationBatch(int samples) {
    return EvaluationBatch.ofViews(backend, samples, inputs, latents);
  }

  /**
   * Draws rows {@code firstRow .. firstRow + rowCount} of a step, at most {@link #chunkRows} of
   * them, each array from index 0 on.
   *
   * @param view0 receives the first views, rowCount x inputs
   * @param view1 receives the second views
   * @param latents receives what is behind the first views, rowCount x latents; null when it is not
   *     wanted
   * @param labels receives the classes, where there are any
   */
  abstract void draw(
      long step,
      int firstRow,
      int rowCount,
      float[] view0,
      float[] view1,
      double @Nullable [] latents,
      int[] labels);

  /** Draws rows of negatives, those of a pair one by one. */
  void drawNegatives(long step, int firstRow, int rowCount, float[] target) {
    throw new IllegalStateException("these pairs have no negatives");
  }

  @Override
  public final void fill(long step, Views views, PairBatch target) {
    BatchShape shape = target.shape();
    BatchShape needed = shape(shape.pairs());
    if (!shape.equals(needed)) {
      throw new IllegalArgumentException("batches are " + shape + ", the source fills " + needed);
    }
    for (int first = 0; first < shape.pairs(); first += chunkRows) {
      int count = Math.min(chunkRows, shape.pairs() - first);
      draw(step, first, count, rows0, rows1, null, labels);
      backend.upload(rows0, 0, target.view0(), first, count);
      backend.upload(rows1, 0, target.view1(), first, count);
      if (classes > 0) {
        System.arraycopy(labels, 0, target.labels(), first, count);
      }
    }
    Matrix negatives = target.negatives();
    if (negatives != null) {
      for (int first = 0; first < shape.negatives(); first += chunkRows) {
        int count = Math.min(chunkRows, shape.negatives() - first);
        drawNegatives(step, first, count, rows0);
        backend.upload(rows0, 0, negatives, first, count);
      }
    }
    target.filled(step, /* averageToAnchor= */ false);
  }

  @Override
  public final void fill(Views views, EvaluationBatch target) {
    fill(AnchorSource.EVALUATION, target);
  }

  /**
   * Fills a batch with the views, latents and labels of any step: of {@link
   * AnchorSource#PROBE_TRAINING} and {@link AnchorSource#PROBE_TEST} for a probe that is fitted.
   */
  public final void fill(long step, EvaluationBatch target) {
    double[] known = target.latents();
    int width = known == null || target.samples() == 0 ? 0 : known.length / target.samples();
    if (target.view0().columns() != inputs || width != latents) {
      throw new IllegalArgumentException(
          "the evaluation batch has views of "
              + target.view0().columns()
              + " and latents of "
              + width
              + " numbers; those of the source have "
              + inputs
              + " and "
              + latents);
    }
    Arrays.fill(labels, 0);
    for (int first = 0; first < target.samples(); first += chunkRows) {
      int count = Math.min(chunkRows, target.samples() - first);
      draw(step, first, count, rows0, rows1, latentRows, labels);
      backend.upload(rows0, 0, target.view0(), first, count);
      backend.upload(rows1, 0, target.view1(), first, count);
      System.arraycopy(labels, 0, target.labels(), first, count);
      if (known != null) {
        System.arraycopy(latentRows, 0, known, first * latents, count * latents);
      }
    }
  }
}
