package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.State;
import dev.sluice.model.Parameter;
import java.util.ArrayList;
import java.util.List;

/** One number that an optimiser remembers for every number it trains; zeros at the start. */
final class Memory implements AutoCloseable {
  private final Backend backend;
  private final List<String> names = new ArrayList<>();
  private final List<Matrix> values = new ArrayList<>();

  Memory(Backend backend, List<Parameter> parameters) {
    this.backend = backend;
    for (Parameter parameter : parameters) {
      names.add(parameter.name());
      values.add(backend.allocate(parameter.value().rows(), parameter.value().columns()));
    }
  }

  Matrix of(int parameter) {
    return values.get(parameter);
  }

  /** Under {@code path.name} for each parameter. */
  void save(String path, State state) {
    for (int i = 0; i < names.size(); i++) {
      state.put(path + "." + names.get(i), backend, values.get(i));
    }
  }

  void load(String path, State state) {
    for (int i = 0; i < names.size(); i++) {
      state.get(path + "." + names.get(i), backend, values.get(i));
    }
  }

  @Override
  public void close() {
    values.forEach(Matrix::close);
  }
}
