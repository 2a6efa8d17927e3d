package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.ArrayList;
import java.util.List;

/** The matrices an objective works in: allocated when it is made, given back together. */
final class Scratch implements AutoCloseable {
  private final Backend backend;
  private final List<Matrix> matrices = new ArrayList<>();

  Scratch(Backend backend) {
    this.backend = backend;
  }

  Matrix matrix(int rows, int columns) {
    Matrix matrix = backend.allocate(rows, columns);
    matrices.add(matrix);
    return matrix;
  }

  @Override
  public void close() {
    matrices.forEach(Matrix::close);
  }
}
