package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.State;
import dev.sluice.model.Parameter;
import java.util.List;

/**
 * Gradient descent with momentum: {@code v = momentum v + g + decay w; w = w - rate v}, v being 0
 * at the start. Decay acts on every parameter, biases too.
 */
public final class Sgd implements Optimiser {
  private final Backend backend;
  private final double momentum;
  private final List<Parameter> parameters;
  private final Memory velocity;
  private final RowNorms rowNorms;

  /**
   * @param momentum in [0, 1); 0 is plain descent
   */
  public Sgd(Backend backend, double momentum, List<Parameter> parameters) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1): " + momentum);
    }
    this.backend = backend;
    this.momentum = momentum;
    this.parameters = List.copyOf(parameters);
    velocity = new Memory(backend, parameters);
    rowNorms = new RowNorms(backend, parameters);
  }

  @Override
  public double update(double rate, double decay) {
    double squares = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      squares +=
          backend
              .updates()
              .momentumStep(
                  parameter.value(),
                  parameter.gradient(),
                  velocity.of(i),
                  rate,
                  momentum,
                  decay,
                  rowNorms.target(i));
    }
    return Math.sqrt(squares);
  }

  @Override
  public double[] rowNorms() {
    return rowNorms.gather();
  }

  @Override
  public void save(String path, State state) {
    velocity.save(path + ".velocity", state);
  }

  @Override
  public void load(String path, State state) {
    velocity.load(path + ".velocity", state);
  }

  @Override
  public void close() {
    velocity.close();
    rowNorms.close();
  }
}
