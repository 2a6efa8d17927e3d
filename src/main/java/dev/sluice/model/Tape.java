package dev.sluice.model;

import dev.sluice.compute.Matrix;

/**
 * What a forward pass leaves behind for the backward pass and for those who watch. A value of its
 * own: the same module runs over several tapes. Allocated once, reused.
 */
public interface Tape extends AutoCloseable {

  /** What the module made of its input, shape (n, outputs). */
  Matrix output();

  @Override
  void close();
}
