package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/** The tape of a module whose backward pass needs nothing but its input. */
public final class OutputTape implements Tape {
  private final Matrix output;

  OutputTape(Backend backend, int rows, int columns) {
    output = backend.allocate(rows, columns);
  }

  @Override
  public Matrix output() {
    return output;
  }

  @Override
  public void close() {
    output.close();
  }
}
