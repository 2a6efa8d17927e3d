package dev.sluice.train;

import dev.sluice.augment.PairBatch;
import dev.sluice.compute.State;
import dev.sluice.event.KnobValues;
import dev.sluice.event.Series;
import dev.sluice.event.Snapshot;
import java.util.List;
import java.util.Map;

/** Runs the training steps of one run and its probes. One thread at a time. */
public interface Trainer extends AutoCloseable {

  /** Every series this trainer writes, in the order of the slots it fills. */
  List<Series> series();

  /** Every probe by name, with the number of steps between two of its measurements. */
  Map<String, Integer> cadences();

  /** The step that {@link #step} will make next. */
  long nextStep();

  /**
   * One training step on the batch of {@link #nextStep}, with the knobs in force for it, and the
   * probes that are due.
   *
   * @param values slots of a report; only what was measured is written, slots beyond {@link
   *     #series()} are not touched
   */
  void step(PairBatch batch, KnobValues knobs, double[] values);

  /**
   * The closing evaluation: every series of {@link #series()} for the weights as they stand, on
   * {@code samples} samples of the fixed evaluation draw. The loss and the probability of the
   * positive are means over batches of the run's size, so that they count as many negatives as in
   * training.
   */
  void evaluate(int samples, KnobValues knobs, double[] values);

  /**
   * Everything that the next step depends on beside settings and seed, and every number that
   * reports carry on from step to step.
   */
  State state();

  /**
   * Takes up where {@link #state} was taken, in a trainer put together from the same settings. The
   * steps that follow are the same to the bit, but for the durations.
   *
   * @throws IllegalArgumentException when the state is not one of these settings
   */
  void restore(State state);

  /** Names of probes that have thrown and were disabled, with what they threw. */
  Map<String, String> disabledProbes();

  /**
   * What there is to look at after the last step: alignment where the truth is known, spectrum,
   * filters of images.
   */
  List<Snapshot> snapshots(String run);

  @Override
  void close();
}
