package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x W' + b}. Trained: {@code weight}, shape (outputs, inputs), and {@code bias}, shape
 * (1, outputs), where there is one.
 */
public final class Linear implements Module<OutputTape> {
  private final Backend backend;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** Without a bias. */
  public Linear(Backend backend, int inputs, int outputs, Initialiser weights) {
    this(backend, inputs, outputs, weights, null);
  }

  /**
   * @param biases null for a map without
   */
  public Linear(
      Backend backend, int inputs, int outputs, Initialiser weights, @Nullable Initialiser biases) {
    this.backend = backend;
    weight = Parameter.of(backend, "weight", outputs, inputs, weights, inputs);
    bias = biases == null ? null : Parameter.of(backend, "bias", 1, outputs, biases, inputs);
  }

  /** W and its gradient. */
  public Parameter weight() {
    return weight;
  }

  @Override
  public int inputs() {
    return weight.value().columns();
  }

  @Override
  public int outputs() {
    return weight.value().rows();
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public OutputTape tape(int samples) {
    return new OutputTape(backend, samples, outputs());
  }

  @Override
  public void forward(Matrix input, OutputTape tape) {
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, input, weight.value(), 0, tape.output());
    if (bias != null) {
      backend.layers().addRow(bias.value(), tape.output());
    }
  }

  @Override
  public void backward(
      Matrix input, OutputTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    backend.gemm(Op.TRANSPOSE, Op.NONE, 1, outputGradient, input, 1, weight.gradient());
    if (bias != null) {
      backend.layers().columnSums(outputGradient, 1, bias.gradient());
    }
    if (inputGradient != null) {
      backend.gemm(Op.NONE, Op.NONE, 1, outputGradient, weight.value(), 0, inputGradient);
    }
  }

  @Override
  public double flops() {
    return 2.0 * inputs() * outputs();
  }

  @Override
  public void close() {
    weight.close();
    if (bias != null) {
      bias.close();
    }
  }
}
