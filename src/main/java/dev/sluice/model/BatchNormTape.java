package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/** The tape of a {@link BatchNorm}. */
public final class BatchNormTape implements Tape {
  private final Matrix output;
  private final Matrix inverseDeviation;

  BatchNormTape(Backend backend, int samples, int width) {
    output = backend.allocate(samples, width);
    inverseDeviation = backend.allocate(1, width);
  }

  @Override
  public Matrix output() {
    return output;
  }

  /** 1 / sqrt(variance + epsilon) of every column, shape (1, width). */
  public Matrix inverseDeviation() {
    return inverseDeviation;
  }

  @Override
  public void close() {
    output.close();
    inverseDeviation.close();
  }
}
