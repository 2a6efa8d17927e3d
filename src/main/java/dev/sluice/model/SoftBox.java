package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Into a box whose edges are learnt: {@code y_j = m_j / (1 + exp(-x_j))}. Trained: {@code edges},
 * m, shape (1, width), 1 at the start.
 *
 * <p>Source: Zimmermann et al. 2021, in their released code.
 */
public final class SoftBox implements Module<SoftBoxTape> {
  private final Backend backend;
  private final Parameter edges;

  public SoftBox(Backend backend, int width) {
    this.backend = backend;
    edges = Parameter.of(backend, "edges", 1, width, Initialiser.constant(1), 1);
  }

  @Override
  public int inputs() {
    return edges.value().columns();
  }

  @Override
  public int outputs() {
    return edges.value().columns();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(edges);
  }

  @Override
  public SoftBoxTape tape(int samples) {
    return new SoftBoxTape(backend, samples, outputs());
  }

  @Override
  public void forward(Matrix input, SoftBoxTape tape) {
    backend.layers().sigmoid(input, tape.share());
    backend.layers().scaleColumns(edges.value(), tape.share(), tape.output());
  }

  @Override
  public void backward(
      Matrix input, SoftBoxTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    backend.layers().columnDots(outputGradient, tape.share(), 1, edges.gradient());
    if (inputGradient != null) {
      backend.layers().scaleColumns(edges.value(), outputGradient, inputGradient);
      backend.layers().sigmoidGate(tape.share(), inputGradient);
    }
  }

  @Override
  public double flops() {
    return 0;
  }

  @Override
  public void close() {
    edges.close();
  }
}
