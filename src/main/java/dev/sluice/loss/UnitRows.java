package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/**
 * Rows by their direction, {@code u / max(|u|, 1e-12)}, and the way back. A zero row has no
 * direction: it stays zero, its cosine with everything is 0, and its gradient is 0. (The derivative
 * of the formula there is 1e12, which would throw a dead embedding anywhere.)
 */
final class UnitRows {
  private static final double FLOOR = 1e-12;

  private final Backend backend;
  private final Matrix unit;
  private final Matrix norms;

  UnitRows(Backend backend, Scratch scratch, int rows, int columns) {
    this.backend = backend;
    unit = scratch.matrix(rows, columns);
    norms = scratch.matrix(rows, 1);
  }

  /** The directions of {@code source}, overwritten by the next call. */
  Matrix forward(Matrix source) {
    backend.layers().unitRows(source, FLOOR, 0, unit, norms);
    return unit;
  }

  /**
   * @param source of the last {@link #forward}
   * @param gradient with respect to the directions, becomes that with respect to {@code source}
   */
  void backward(Matrix source, Matrix gradient) {
    backend.layers().unitRowsBackward(source, norms, FLOOR, 0, gradient);
    backend.objectives().gateRows(norms, gradient);
  }
}
