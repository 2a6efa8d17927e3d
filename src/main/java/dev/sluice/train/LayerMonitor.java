package dev.sluice.train;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import dev.sluice.model.SoftThresholdEncoder;
import dev.sluice.probe.LayerEvaluation;

/**
 * The fixed evaluation batch of a run and the model seen on it. Its views are made anew when a knob
 * moves them.
 */
final class LayerMonitor implements AutoCloseable {
  private final PairSource pairs;
  private final EvaluationBatch batch;
  private final LayerEvaluation evaluation;
  private Views views;

  LayerMonitor(
      Backend backend,
      PairSource pairs,
      AnchorSource source,
      SoftThresholdEncoder encoder,
      int samples,
      Views views) {
    this.pairs = pairs;
    this.views = views;
    Dictionary dictionary = source.dictionary();
    int features = dictionary == null ? 0 : dictionary.features();
    batch = EvaluationBatch.masked(backend, samples, source.inputs(), features);
    pairs.fill(views, batch);
    evaluation =
        new LayerEvaluation(
            backend, batch, encoder.weights(), encoder.thresholds(), dictionary, source.tileSide());
  }

  /** The model as it stands now on the batch with these views. */
  LayerEvaluation at(Views wanted) {
    evaluation.refresh();
    if (!wanted.equals(views)) {
      views = wanted;
      pairs.fill(views, batch);
      evaluation.viewsChanged();
    }
    return evaluation;
  }

  /** The model as {@link #at} last saw it. */
  LayerEvaluation current() {
    return evaluation;
  }

  @Override
  public void close() {
    evaluation.close();
    batch.close();
  }
}
