package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code y = x > 0 ? x : slope x}; slope 0 is ReLU, whose derivative at 0 is taken to be 0. */
public final class LeakyRelu implements Module<OutputTape> {
  private final Backend backend;
  private final int width;
  private final double slope;

  public LeakyRelu(Backend backend, int width, double slope) {
    this.backend = backend;
    this.width = width;
    this.slope = slope;
  }

  @Override
  public int inputs() {
    return width;
  }

  @Override
  public int outputs() {
    return width;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public OutputTape tape(int samples) {
    return new OutputTape(backend, samples, width);
  }

  @Override
  public void forward(Matrix input, OutputTape tape) {
    backend.layers().leakyRelu(input, slope, tape.output());
  }

  @Override
  public void backward(
      Matrix input, OutputTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    if (inputGradient != null) {
      backend.layers().leakyGate(input, slope, outputGradient, inputGradient);
    }
  }

  @Override
  public double flops() {
    return 0;
  }

  @Override
  public void close() {}
}
