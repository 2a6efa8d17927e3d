package dev.sluice.train;

/**
 * Nanoseconds a trainer has spent in each phase of its steps so far. Written and read by the run's
 * thread.
 */
public final class Phases {
  private long forward;
  private long backward;
  private long update;
  private long probe;

  void forward(long nanos) {
    forward += nanos;
  }

  void backward(long nanos) {
    backward += nanos;
  }

  void update(long nanos) {
    update += nanos;
  }

  void probe(long nanos) {
    probe += nanos;
  }

  /** Both views through the encoder, and the loss. */
  public long forwardNanos() {
    return forward;
  }

  public long backwardNanos() {
    return backward;
  }

  /** SGD and thresholds. */
  public long updateNanos() {
    return update;
  }

  /** Everything that only watches. */
  public long probeNanos() {
    return probe;
  }
}
