package dev.sluice.bench;

import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;

/**
 * The floor under a training step: its five matrix products and nothing else. {@code A0 = X0 W'},
 * {@code A1 = X1 W'}, {@code S = F0 F1'}, {@code dF = P F1}, {@code dW = dA' X0}.
 */
final class FiveProducts implements Workload {
  private final Backend backend;
  private final Batches batches;
  private final Matrix weights;
  private final Matrix response0;
  private final Matrix response1;
  private final Matrix similarity;
  private final Matrix responseGradient;
  private final Matrix weightGradient;

  FiveProducts(Backend backend, Size size) {
    this.backend = backend;
    batches = new Batches(backend, size);
    weights = backend.allocate(size.neurons(), size.inputs());
    response0 = backend.allocate(size.pairs(), size.neurons());
    response1 = backend.allocate(size.pairs(), size.neurons());
    similarity = backend.allocate(size.pairs(), size.pairs());
    responseGradient = backend.allocate(size.pairs(), size.neurons());
    weightGradient = backend.allocate(size.neurons(), size.inputs());
    CounterStream stream = new CounterStream(1, Purpose.WEIGHTS, 0);
    float[] values = new float[size.neurons() * size.inputs()];
    stream.fillGaussian(values, 0, values.length, 0, 0.02);
    backend.upload(values, 0, weights, 0, size.neurons());
  }

  @Override
  public void step() {
    PairBatch batch = batches.next();
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, batch.view0(), weights, 0, response0);
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, batch.view1(), weights, 0, response1);
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, response0, response1, 0, similarity);
    backend.gemm(Op.NONE, Op.NONE, 1, similarity, response1, 0, responseGradient);
    backend.gemm(Op.TRANSPOSE, Op.NONE, 1, responseGradient, batch.view0(), 0, weightGradient);
  }

  @Override
  public void check() {
    double[] row = new double[weightGradient.columns()];
    backend.download(weightGradient, 0, 1, row);
    double squares = 0;
    for (double value : row) {
      squares += value * value;
    }
    if (!(squares > 0 && Double.isFinite(squares))) {
      throw new IllegalStateException("the products came to " + squares);
    }
  }

  @Override
  public void close() {
    batches.close();
    for (Matrix matrix :
        new Matrix[] {
          weights, response0, response1, similarity, responseGradient, weightGradient
        }) {
      matrix.close();
    }
  }
}
