package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation without affine part and without running averages: every column less its mean
 * over {@code sqrt(variance + epsilon)}, always with the population statistics of the batch at
 * hand. So every view has its own, and a pass for a probe that of its own batch.
 *
 * <p>Source: Ioffe and Szegedy 2015.
 */
public final class BatchNorm implements Module<BatchNormTape> {
  private final Backend backend;
  private final int width;
  private final double epsilon;

  /**
   * @param epsilon added to the variance, usually 1e-5
   */
  public BatchNorm(Backend backend, int width, double epsilon) {
    this.backend = backend;
    this.width = width;
    this.epsilon = epsilon;
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
  public BatchNormTape tape(int samples) {
    return new BatchNormTape(backend, samples, width);
  }

  @Override
  public void forward(Matrix input, BatchNormTape tape) {
    backend.layers().standardise(input, epsilon, tape.output(), tape.inverseDeviation());
  }

  @Override
  public void backward(
      Matrix input, BatchNormTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    if (inputGradient != null) {
      backend.layers().standardiseBackward(tape.output(), tape.inverseDeviation(), outputGradient);
      backend.copy(outputGradient, inputGradient);
    }
  }

  @Override
  public double flops() {
    return 0;
  }

  @Override
  public void close() {}
}
