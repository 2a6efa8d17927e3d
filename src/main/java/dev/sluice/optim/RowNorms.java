package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.model.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Where kernels leave the norms of rows, and the norms of all weight matrices in one array. */
final class RowNorms implements AutoCloseable {
  private final Backend backend;
  private final List<Matrix> targets = new ArrayList<>();

  /** Those of weight matrices, in order. */
  private final List<Matrix> watched = new ArrayList<>();

  private final double[] rows;
  private final double[] norms;

  RowNorms(Backend backend, List<Parameter> parameters) {
    this.backend = backend;
    int total = 0;
    int most = 0;
    for (Parameter parameter : parameters) {
      int count = parameter.value().rows();
      Matrix target = backend.allocate(1, count);
      targets.add(target);
      if (parameter.isWeight()) {
        watched.add(target);
        total += count;
        most = Math.max(most, count);
      }
    }
    rows = new double[most];
    norms = new double[total];
  }

  /** What the kernel of a parameter fills, shape (1, its rows). */
  Matrix target(int parameter) {
    return targets.get(parameter);
  }

  /** The same array every time. */
  double[] gather() {
    int at = 0;
    for (Matrix target : watched) {
      backend.download(target, 0, 1, rows);
      System.arraycopy(rows, 0, norms, at, target.columns());
      at += target.columns();
    }
    return norms;
  }

  @Override
  public void close() {
    targets.forEach(Matrix::close);
  }
}
