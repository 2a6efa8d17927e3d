package dev.sluice.train;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import dev.sluice.model.SoftThresholdEncoder;
import dev.sluice.probe.Evaluation;

/**
 * The fixed evaluation batch of a run and the model seen on it. Its views are made anew when a knob
 * moves them.
 */
final class Monitor implements AutoCloseable {
  private final PairSource pairs;
  private final EvaluationBatch batch;
  private final Evaluation evaluation;
  private Views views;

  Monitor(
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
        new Evaluation(
            backend, batch, encoder.weights(), encoder.thresholds(), dictionary, source.tileSide());
  }

  /** The model as it stands now on the batch with these views. */
  Evaluation at(Views wanted) {
    evaluation.refresh();
    if (!wanted.equals(views)) {
      views = wanted;
      pairs.fill(views, batch);
      evaluation.viewsChanged();
    }
    return evaluation;
  }

  /** The model as {@link #at} last saw it. */
  Evaluation current() {
    return evaluation;
  }

  @Override
  public void close() {
    evaluation.close();
    batch.close();
  }
}
