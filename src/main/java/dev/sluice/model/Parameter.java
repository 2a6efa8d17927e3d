package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/**
 * A trained tensor and its gradient. A bias or another vector is a matrix of one row.
 *
 * @param name within its module, for example {@code 0.weight}
 * @param value updated by an optimiser only
 * @param gradient of the loss, same shape; cleared before a backward pass, added to by it
 */
public record Parameter(String name, Matrix value, Matrix gradient) implements AutoCloseable {

  /** Zeros of this shape. */
  public static Parameter of(Backend backend, String name, int rows, int columns) {
    return new Parameter(name, backend.allocate(rows, columns), backend.allocate(rows, columns));
  }

  /**
   * A tensor of this shape that starts where {@code initialiser} says.
   *
   * @param fanIn how many inputs an output of its layer is made of
   */
  public static Parameter of(
      Backend backend, String name, int rows, int columns, Initialiser initialiser, int fanIn) {
    Parameter parameter = of(backend, name, rows, columns);
    initialiser.fill(backend, parameter.value(), fanIn);
    return parameter;
  }

  /** Whether it is a matrix of weights, a row for each output, and not a bias or another vector. */
  public boolean isWeight() {
    return name.endsWith("weight");
  }

  /** The same tensor under a longer name. */
  public Parameter under(String path) {
    return new Parameter(path + "." + name, value, gradient);
  }

  @Override
  public void close() {
    value.close();
    gradient.close();
  }
}
