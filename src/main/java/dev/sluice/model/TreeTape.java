package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.ArrayList;
import java.util.List;

/** The tape of a {@link TreeEncoder}. Below, "width of a level" is 2^l hidden. */
public final class TreeTape implements Tape {
  private final List<Matrix> preactivations = new ArrayList<>();

  /** From level 1 on: the root's goes out as it is. */
  private final List<Matrix> responses = new ArrayList<>();

  private final List<Matrix> gradients = new ArrayList<>();

  TreeTape(Backend backend, int samples, int depth, int hidden) {
    for (int level = 0; level < depth; level++) {
      int width = hidden << level;
      preactivations.add(backend.allocate(samples, width));
      if (level > 0) {
        responses.add(backend.allocate(samples, width));
        gradients.add(backend.allocate(samples, width));
      }
    }
  }

  /** L. */
  public int depth() {
    return preactivations.size();
  }

  /**
   * h of every node of a level, node by node, shape (n, width of the level); level 0 is the root.
   */
  public Matrix preactivation(int level) {
    return preactivations.get(level);
  }

  /** ReLU of {@link #preactivation}, of levels from 1 on. */
  Matrix response(int level) {
    return responses.get(level - 1);
  }

  /** dL/dh after a backward pass, of levels from 1 on. */
  Matrix gradient(int level) {
    return gradients.get(level - 1);
  }

  @Override
  public Matrix output() {
    return preactivation(0);
  }

  @Override
  public void close() {
    preactivations.forEach(Matrix::close);
    responses.forEach(Matrix::close);
    gradients.forEach(Matrix::close);
  }
}
