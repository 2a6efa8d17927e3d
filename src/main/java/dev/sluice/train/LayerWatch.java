package dev.sluice.train;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.data.AnchorSource;
import dev.sluice.event.Snapshot;
import dev.sluice.probe.Evaluation;
import dev.sluice.probe.StepObservation;
import java.util.List;

/** Watches one layer of soft-threshold neurons, whose pre-activations are linear in the input. */
final class LayerWatch implements Watch {
  private final LayerObserver observer;
  private final LayerMonitor monitor;
  private final LayerClosing closing;

  LayerWatch(
      Backend backend,
      Layer layer,
      AnchorSource source,
      PairSource pairs,
      Views views,
      BatchShape shape,
      int evaluationSamples) {
    observer = new LayerObserver(backend, layer, shape);
    monitor = new LayerMonitor(backend, pairs, source, layer.encoder(), evaluationSamples, views);
    closing = new LayerClosing(backend, pairs, source, layer, shape.pairs());
  }

  @Override
  public void afterForward(PairBatch batch, ContrastStatistics contrast, double temperature) {
    observer.afterForward(batch, contrast, temperature);
  }

  @Override
  public void afterUpdate(double gradientNorm, double rate, double decay) {
    observer.afterUpdate(gradientNorm, rate, decay);
  }

  @Override
  public StepObservation observation() {
    return observer.observation();
  }

  @Override
  public Evaluation at(Views views) {
    return monitor.at(views);
  }

  @Override
  public Evaluation closing(int samples, Views views) {
    return closing.at(samples, views);
  }

  @Override
  public StepObservation closingObservation(double temperature) {
    StepObservation observation = observer.closing();
    closing.observe(observation, temperature);
    return observation;
  }

  @Override
  public List<Snapshot> snapshots(String run, long step, Views views) {
    return LayerSnapshots.of(run, step, monitor.at(views));
  }

  @Override
  public void close() {
    closing.close();
    monitor.close();
    observer.close();
  }
}
