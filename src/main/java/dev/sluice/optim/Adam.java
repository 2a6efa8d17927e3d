package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.State;
import dev.sluice.model.Parameter;
import java.util.List;

/**
 * Adam with b1 = 0.9, b2 = 0.999 and epsilon = 1e-8. Decay is added to the gradient before its
 * moments are taken, and acts on every parameter, biases too.
 *
 * <p>Source: Kingma and Ba 2015, Algorithm 1.
 */
public final class Adam implements Optimiser {
  private final Backend backend;
  private final List<Parameter> parameters;
  private final Memory first;
  private final Memory second;
  private final RowNorms rowNorms;
  private long updates;

  public Adam(Backend backend, List<Parameter> parameters) {
    this.backend = backend;
    this.parameters = List.copyOf(parameters);
    first = new Memory(backend, parameters);
    second = new Memory(backend, parameters);
    rowNorms = new RowNorms(backend, parameters);
  }

  @Override
  public double update(double rate, double decay) {
    updates++;
    double squares = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      squares +=
          backend
              .updates()
              .adamStep(
                  parameter.value(),
                  parameter.gradient(),
                  first.of(i),
                  second.of(i),
                  updates,
                  rate,
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
    first.save(path + ".first", state);
    second.save(path + ".second", state);
    state.put(path + ".updates", (double) updates);
  }

  @Override
  public void load(String path, State state) {
    first.load(path + ".first", state);
    second.load(path + ".second", state);
    updates = (long) state.get(path + ".updates");
  }

  @Override
  public void close() {
    first.close();
    second.close();
    rowNorms.close();
  }
}
