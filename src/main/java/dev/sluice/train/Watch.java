package dev.sluice.train;

import dev.sluice.augment.PairBatch;
import dev.sluice.augment.Views;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.event.Snapshot;
import dev.sluice.probe.Evaluation;
import dev.sluice.probe.StepObservation;
import java.util.List;

/**
 * What probes get to see of a run: its steps, and its model on the fixed evaluation batch. Changes
 * nothing that the next step depends on.
 */
interface Watch extends AutoCloseable {

  /**
   * Between the forward pass and the update: everything that depends on the weights of the forward
   * pass.
   */
  void afterForward(PairBatch batch, ContrastStatistics contrast, double temperature);

  /** After the update: what it did. */
  void afterUpdate(double gradientNorm, double rate, double decay);

  /** The step at hand; the same object in every step. */
  StepObservation observation();

  /** The model as it stands now on the evaluation batch with these views. */
  Evaluation at(Views views);

  /** The same on at least so many samples of the evaluation draw. */
  Evaluation closing(int samples, Views views);

  /** The samples of {@link #closing} as if they had been a training batch. */
  StepObservation closingObservation(double temperature);

  /** What there is to look at in an evaluation. */
  List<Snapshot> snapshots(String run, long step, Views views);

  @Override
  void close();
}
