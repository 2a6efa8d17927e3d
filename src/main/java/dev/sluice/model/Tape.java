package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/**
 * What a forward pass leaves behind for the backward pass and for those who watch. Allocated once,
 * reused.
 */
public final class Tape implements AutoCloseable {
  private final Matrix preactivation;
  private final Matrix response;

  public Tape(Backend backend, int samples, int neurons) {
    preactivation = backend.allocate(samples, neurons);
    response = backend.allocate(samples, neurons);
  }

  /** a = X W', shape (n, m). */
  public Matrix preactivation() {
    return preactivation;
  }

  /** f, shape (n, m). */
  public Matrix response() {
    return response;
  }

  @Override
  public void close() {
    preactivation.close();
    response.close();
  }
}
