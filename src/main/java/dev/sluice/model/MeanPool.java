package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Means over consecutive rows: of {@code n k} rows come n. */
public final class MeanPool implements Module<OutputTape> {
  private final Backend backend;
  private final int width;
  private final int pooled;

  /**
   * @param pooled k, how many rows become one
   */
  public MeanPool(Backend backend, int width, int pooled) {
    this.backend = backend;
    this.width = width;
    this.pooled = pooled;
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
  public int outputRows(int rows) {
    if (rows % pooled != 0) {
      throw new IllegalArgumentException(
          "rows are pooled by " + pooled + ", which does not divide " + rows);
    }
    return rows / pooled;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public OutputTape tape(int samples) {
    return new OutputTape(backend, outputRows(samples), width);
  }

  @Override
  public void forward(Matrix input, OutputTape tape) {
    backend.layers().poolRows(input, tape.output());
  }

  @Override
  public void backward(
      Matrix input, OutputTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    if (inputGradient != null) {
      backend.layers().poolRowsBackward(outputGradient, inputGradient);
    }
  }

  @Override
  public double flops() {
    return 0;
  }

  @Override
  public void close() {}
}
