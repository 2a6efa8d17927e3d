package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;
import dev.sluice.loss.Objectives.Entry;
import dev.sluice.loss.Objectives.Sizes;
import dev.sluice.model.Parameter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** An objective with tensors to try it on. Has room for the gradient of every role it reads. */
final class Trial implements AutoCloseable {
  /** Views and reconstructions are wider than embeddings, so that nobody takes one for another. */
  private static final int WIDER = 2;

  private static final Set<Role> WIDE =
      Set.of(Role.VIEW0, Role.VIEW1, Role.RECONSTRUCTION0, Role.RECONSTRUCTION1);

  final Objective objective;
  final Tensors tensors = new Tensors();
  private final Backend backend;

  Trial(Backend backend, Entry entry, Sizes sizes) {
    this(backend, entry.factory().create(backend, sizes), entry.negativeRows(sizes), sizes);
    tensors.labels(labels(sizes.batch()));
  }

  /** On zeros at first. */
  Trial(Backend backend, Objective objective, int negativeRows, Sizes sizes) {
    this.backend = backend;
    this.objective = objective;
    for (Role role : objective.reads()) {
      int rows = role == Role.NEGATIVE ? negativeRows : sizes.batch();
      int columns = WIDE.contains(role) ? sizes.width() + WIDER : sizes.width();
      tensors.value(role, backend.allocate(rows, columns));
      tensors.gradient(role, backend.allocate(rows, columns));
    }
  }

  /** Some labels shared, some alone. */
  static int[] labels(int batch) {
    int[] labels = new int[batch];
    Arrays.setAll(labels, i -> i * i % 5);
    return labels;
  }

  /** Fills all roles with normals that float32 holds exactly. */
  Trial random() {
    for (Role role : objective.reads()) {
      CounterStream stream = new CounterStream(7, Purpose.NOISE, role.name().hashCode());
      double[] values = value(role);
      Arrays.setAll(values, i -> (float) stream.gaussian(i));
      set(role, values);
    }
    return this;
  }

  void set(Role role, double[] values) {
    backend.upload(values, tensors.value(role));
  }

  double[] value(Role role) {
    return backend.download(tensors.value(role));
  }

  /** All values, apart from those of the objective's own. */
  Map<Role, double[]> values() {
    Map<Role, double[]> values = new EnumMap<>(Role.class);
    objective.reads().forEach(role -> values.put(role, value(role)));
    return values;
  }

  int rows(Role role) {
    return tensors.value(role).rows();
  }

  int columns(Role role) {
    return tensors.value(role).columns();
  }

  double[] gradient(Role role) {
    return backend.download(tensors.gradient(role));
  }

  void fillGradients(double with) {
    for (Role role : objective.reads()) {
      Matrix gradient = tensors.gradient(role);
      double[] values = new double[gradient.rows() * gradient.columns()];
      Arrays.fill(values, with);
      backend.upload(values, gradient);
    }
  }

  double[] value(Parameter parameter) {
    return backend.download(parameter.value());
  }

  void set(Parameter parameter, double[] values) {
    backend.upload(values, parameter.value());
  }

  double[] gradient(Parameter parameter) {
    return backend.download(parameter.gradient());
  }

  ContrastStatistics evaluate(double temperature) {
    return objective.evaluate(tensors, temperature);
  }

  @Override
  public void close() {
    for (Role role : objective.reads()) {
      tensors.value(role).close();
      tensors.gradient(role).close();
    }
    objective.close();
  }
}
