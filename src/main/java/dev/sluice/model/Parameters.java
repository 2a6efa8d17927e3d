package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.State;
import java.util.List;

/** What is done with all parameters of a module alike. */
public final class Parameters {

  private Parameters() {}

  /** Zeros for every gradient, whatever it held. */
  public static void clearGradients(Backend backend, List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      backend.clear(parameter.gradient());
    }
  }

  /** Writes every value under {@code path.name}; gradients live within a step. */
  public static void save(String path, Backend backend, List<Parameter> parameters, State state) {
    for (Parameter parameter : parameters) {
      state.put(path + "." + parameter.name(), backend, parameter.value());
    }
  }

  /** Takes back what {@link #save} wrote. */
  public static void load(String path, Backend backend, List<Parameter> parameters, State state) {
    for (Parameter parameter : parameters) {
      state.get(path + "." + parameter.name(), backend, parameter.value());
    }
  }
}
