package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/** The tape of a {@link SoftBox}. */
public final class SoftBoxTape implements Tape {
  private final Matrix share;
  private final Matrix output;

  SoftBoxTape(Backend backend, int samples, int width) {
    share = backend.allocate(samples, width);
    output = backend.allocate(samples, width);
  }

  /** Where along its edge every coordinate lies, in (0, 1), shape (n, width). */
  Matrix share() {
    return share;
  }

  @Override
  public Matrix output() {
    return output;
  }

  @Override
  public void close() {
    share.close();
    output.close();
  }
}
