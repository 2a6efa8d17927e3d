package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;

/**
 * One layer of symmetrised ReLUs: {@code f_i(x) = relu(<w_i, x> - b_i) - relu(-<w_i, x> - b_i)},
 * that is sign(a) max(0, |a| - b) with a = W x. Linear where b = 0. W is trained; b follows a
 * schedule and has no gradient.
 *
 * <p>Source: Wen and Li 2021, their learner network; here in the form of its follow-ups.
 */
public final class SoftThresholdEncoder implements AutoCloseable {
  private final Backend backend;
  private final Matrix weights;
  private final Matrix thresholds;

  /** W of independent N(0, initialStd^2) entries and b = 0. */
  public SoftThresholdEncoder(
      Backend backend, int inputs, int neurons, double initialStd, long seed) {
    this.backend = backend;
    weights = backend.allocate(neurons, inputs);
    thresholds = backend.allocate(1, neurons);
    CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, 0);
    float[] row = new float[inputs];
    for (int i = 0; i < neurons; i++) {
      stream.fillGaussian(row, 0, inputs, (long) i * inputs, initialStd);
      backend.upload(row, 0, weights, i, 1);
    }
  }

  /** W, shape (m, d1). */
  public Matrix weights() {
    return weights;
  }

  /** b, shape (1, m), entries >= 0. */
  public Matrix thresholds() {
    return thresholds;
  }

  public int neurons() {
    return weights.rows();
  }

  public int inputs() {
    return weights.columns();
  }

  /**
   * @param inputs X, shape (n, d1)
   */
  public void forward(Matrix inputs, Tape tape) {
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, inputs, weights, 0, tape.preactivation());
    backend.softThreshold(tape.preactivation(), thresholds, tape.response());
  }

  /**
   * @param inputs X of the forward pass, shape (n, d1)
   * @param responseGradient dL/df, shape (n, m); becomes dL/da
   * @param weightGradient receives dL/dW, shape (m, d1)
   */
  public void backward(Tape tape, Matrix inputs, Matrix responseGradient, Matrix weightGradient) {
    backend.gate(tape.response(), responseGradient);
    backend.gemm(Op.TRANSPOSE, Op.NONE, 1, responseGradient, inputs, 0, weightGradient);
  }

  @Override
  public void close() {
    weights.close();
    thresholds.close();
  }
}
