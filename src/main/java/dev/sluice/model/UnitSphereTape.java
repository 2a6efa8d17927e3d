package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/** The tape of a {@link UnitSphere}. */
public final class UnitSphereTape implements Tape {
  private final Matrix output;
  private final Matrix norms;

  UnitSphereTape(Backend backend, int samples, int width) {
    output = backend.allocate(samples, width);
    norms = backend.allocate(samples, 1);
  }

  @Override
  public Matrix output() {
    return output;
  }

  /** Euclidean norms of the rows that came in, shape (n, 1). */
  public Matrix norms() {
    return norms;
  }

  @Override
  public void close() {
    output.close();
    norms.close();
  }
}
