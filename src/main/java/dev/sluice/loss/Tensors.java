package dev.sluice.loss;

import dev.sluice.compute.Matrix;
import java.util.EnumMap;

/**
 * What an objective sees of a step: a matrix for each role that plays in it, the labels, and room
 * for the gradients it gives. Filled once; the matrices change from step to step.
 */
public final class Tensors {
  private final EnumMap<Role, Matrix> values = new EnumMap<>(Role.class);
  private final EnumMap<Role, Matrix> gradients = new EnumMap<>(Role.class);
  private int[] labels = {};

  public Tensors value(Role role, Matrix matrix) {
    values.put(role, matrix);
    return this;
  }

  public Tensors gradient(Role role, Matrix matrix) {
    gradients.put(role, matrix);
    return this;
  }

  /** One a sample; those of both views of it. */
  public Tensors labels(int[] batchLabels) {
    labels = batchLabels;
    return this;
  }

  public Matrix value(Role role) {
    return present(values, role, "value");
  }

  /** Written by the objective, for every role it gives. */
  public Matrix gradient(Role role) {
    return present(gradients, role, "room for the gradient");
  }

  public int[] labels() {
    return labels;
  }

  private static Matrix present(EnumMap<Role, Matrix> matrices, Role role, String what) {
    Matrix matrix = matrices.get(role);
    if (matrix == null) {
      throw new IllegalArgumentException("this step has no " + what + " of " + role);
    }
    return matrix;
  }
}
