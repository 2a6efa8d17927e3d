package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of symmetrised ReLUs: {@code f_i(x) = relu(<w_i, x> - b_i) - relu(-<w_i, x> - b_i)},
 * that is sign(a) max(0, |a| - b) with a = W x. Linear where b = 0. W is trained; b follows a
 * schedule and has no gradient.
 *
 * <p>Source: Wen and Li 2021, their learner network; here in the form of its follow-ups.
 */
public final class SoftThresholdEncoder implements Module<ThresholdTape> {
  private final Backend backend;
  private final Parameter weights;
  private final Matrix thresholds;
  private boolean cleared;

  /** W of independent N(0, initialStd^2) entries and b = 0. */
  public SoftThresholdEncoder(
      Backend backend, int inputs, int neurons, double initialStd, long seed) {
    this.backend = backend;
    weights = Parameter.of(backend, "weight", neurons, inputs);
    thresholds = backend.allocate(1, neurons);
    CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, 0);
    float[] row = new float[inputs];
    for (int i = 0; i < neurons; i++) {
      stream.fillGaussian(row, 0, inputs, (long) i * inputs, initialStd);
      backend.upload(row, 0, weights.value(), i, 1);
    }
  }

  /** W, shape (m, d1). */
  public Matrix weights() {
    return weights.value();
  }

  /** W with its gradient. */
  public Parameter weight() {
    return weights;
  }

  /** b, shape (1, m), entries >= 0. */
  public Matrix thresholds() {
    return thresholds;
  }

  public int neurons() {
    return weights.value().rows();
  }

  @Override
  public int inputs() {
    return weights.value().columns();
  }

  @Override
  public int outputs() {
    return neurons();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights);
  }

  /** Writes nothing: the next backward pass puts its gradient over the old one. */
  @Override
  public void clearGradients(Backend kernels) {
    cleared = true;
  }

  @Override
  public ThresholdTape tape(int samples) {
    return new ThresholdTape(backend, samples, neurons());
  }

  /**
   * @param input X, shape (n, d1)
   */
  @Override
  public void forward(Matrix input, ThresholdTape tape) {
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, input, weights.value(), 0, tape.preactivation());
    backend.softThreshold(tape.preactivation(), thresholds, tape.output());
  }

  /**
   * @param input X of the forward pass, shape (n, d1)
   * @param outputGradient dL/df, shape (n, m); becomes dL/da
   */
  @Override
  public void backward(
      Matrix input, ThresholdTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    backend.gate(tape.output(), outputGradient);
    double keep = cleared ? 0 : 1;
    cleared = false;
    backend.gemm(Op.TRANSPOSE, Op.NONE, 1, outputGradient, input, keep, weights.gradient());
    if (inputGradient != null) {
      backend.gemm(Op.NONE, Op.NONE, 1, outputGradient, weights.value(), 0, inputGradient);
    }
  }

  @Override
  public double flops() {
    return 2.0 * neurons() * inputs();
  }

  @Override
  public void close() {
    weights.close();
    thresholds.close();
  }
}
