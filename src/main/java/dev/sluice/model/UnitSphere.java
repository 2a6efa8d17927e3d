package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every row over {@code max(norm, floor) + epsilon}: with a tiny floor the usual normalisation,
 * with an epsilon one that lets short rows stay short. A row of zeros stays one.
 */
public final class UnitSphere implements Module<UnitSphereTape> {
  private final Backend backend;
  private final int width;
  private final double floor;
  private final double epsilon;

  /**
   * @param floor smallest norm that is divided by, usually 1e-12
   * @param epsilon added to the norm, usually 0
   */
  public UnitSphere(Backend backend, int width, double floor, double epsilon) {
    if (!(floor + epsilon > 0)) {
      throw new IllegalArgumentException(
          "a row of zeros needs a floor or an epsilon above 0: " + floor + ", " + epsilon);
    }
    this.backend = backend;
    this.width = width;
    this.floor = floor;
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
  public UnitSphereTape tape(int samples) {
    return new UnitSphereTape(backend, samples, width);
  }

  @Override
  public void forward(Matrix input, UnitSphereTape tape) {
    backend.layers().unitRows(input, floor, epsilon, tape.output(), tape.norms());
  }

  @Override
  public void backward(
      Matrix input, UnitSphereTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    if (inputGradient != null) {
      backend.layers().unitRowsBackward(input, tape.norms(), floor, epsilon, outputGradient);
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
