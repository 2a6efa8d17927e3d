package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/** The tape of a {@link SoftThresholdEncoder}. */
public final class ThresholdTape implements Tape {
  private final Matrix preactivation;
  private final Matrix response;

  ThresholdTape(Backend backend, int samples, int neurons) {
    preactivation = backend.allocate(samples, neurons);
    response = backend.allocate(samples, neurons);
  }

  /** a = X W', shape (n, m). */
  public Matrix preactivation() {
    return preactivation;
  }

  /** f, shape (n, m). */
  @Override
  public Matrix output() {
    return response;
  }

  @Override
  public void close() {
    preactivation.close();
    response.close();
  }
}
