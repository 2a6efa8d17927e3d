package dev.sluice.train;

import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;

/** Nanoseconds a trainer has spent in each phase of its steps so far. */
final class Phases implements Stateful {
  private static final double SECONDS = 1e-9;

  private long forward;
  private long backward;
  private long update;
  private long probe;

  /** Both views through the encoder, and the loss. */
  void forward(long nanos) {
    forward += nanos;
  }

  void backward(long nanos) {
    backward += nanos;
  }

  /** The optimiser and the hooks. */
  void update(long nanos) {
    update += nanos;
  }

  /** Everything that only watches. */
  void probe(long nanos) {
    probe += nanos;
  }

  /**
   * Writes the four totals in seconds, from {@code slot} on, in the order of {@link
   * TrainerSeries#all}.
   */
  void write(double[] values, int slot) {
    values[slot] = forward * SECONDS;
    values[slot + 1] = backward * SECONDS;
    values[slot + 2] = update * SECONDS;
    values[slot + 3] = probe * SECONDS;
  }

  @Override
  public void save(String path, State state) {
    state.putCounts(path, forward, backward, update, probe);
  }

  @Override
  public void load(String path, State state) {
    long[] kept = state.getCounts(path, 4);
    forward = kept[0];
    backward = kept[1];
    update = kept[2];
    probe = kept[3];
  }
}
