package dev.sluice.loss;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.loss.Objectives.Entry;
import dev.sluice.loss.Objectives.Invariance;
import dev.sluice.loss.Objectives.Need;
import dev.sluice.model.Parameter;
import java.util.Map;

/** Does to the tensors of a trial what its loss may be invariant under. */
final class Transform {
  private static final CounterStream RANDOM = new CounterStream(11, Purpose.NOISE, 99);

  private final Trial trial;
  private final Entry entry;

  Transform(Trial trial, Entry entry) {
    this.trial = trial;
    this.entry = entry;
  }

  void apply(Invariance invariance) {
    switch (invariance) {
      case ROTATION -> rotate();
      case SCALE -> eachRow(Transform::scale);
      case TRANSLATION -> eachRow(Transform::translate);
      case PERMUTATION -> permute();
      case SWAP -> swap();
    }
  }

  private interface RowChange {
    void change(double[] values, int row, int columns);
  }

  private void eachRow(RowChange change) {
    for (Role role : trial.objective.reads()) {
      double[] values = trial.value(role);
      for (int row = 0; row < trial.rows(role); row++) {
        change.change(values, row, trial.columns(role));
      }
      trial.set(role, values);
    }
  }

  private static void scale(double[] values, int row, int columns) {
    double factor = Math.exp(RANDOM.gaussian(row * 31 + (int) (100 * values[row * columns])));
    for (int k = 0; k < columns; k++) {
      values[row * columns + k] *= factor;
    }
  }

  private static void translate(double[] values, int row, int columns) {
    for (int k = 0; k < columns; k++) {
      values[row * columns + k] += 0.5 * k - 0.7;
    }
  }

  private void rotate() {
    eachRow(Transform::rotateRow);
    for (Parameter parameter : trial.objective.parameters()) {
      double[] values = trial.value(parameter);
      rotateRow(values, 0, values.length);
      trial.set(parameter, values);
    }
  }

  /** A turn in every plane of neighbouring coordinates, one after the other, and a reflection. */
  private static void rotateRow(double[] values, int row, int columns) {
    int at = row * columns;
    for (int k = 0; k + 1 < columns; k++) {
      double x = values[at + k];
      double y = values[at + k + 1];
      double angle = 0.4 + 0.9 * k;
      values[at + k] = Math.cos(angle) * x - Math.sin(angle) * y;
      values[at + k + 1] = Math.sin(angle) * x + Math.cos(angle) * y;
    }
    values[at] = -values[at];
  }

  /** Backwards; negatives go with their anchors, shared ones stay. */
  private void permute() {
    int batch = trial.tensors.labels().length;
    for (Role role : trial.objective.reads()) {
      if (role != Role.NEGATIVE || !entry.needs().contains(Need.SHARED_NEGATIVES)) {
        trial.set(role, reversed(trial.value(role), batch));
      }
    }
    int[] labels = trial.tensors.labels();
    int[] turned = new int[batch];
    for (int i = 0; i < batch; i++) {
      turned[i] = labels[batch - 1 - i];
    }
    trial.tensors.labels(turned);
  }

  private static double[] reversed(double[] values, int blocks) {
    int length = values.length / blocks;
    double[] turned = new double[values.length];
    for (int i = 0; i < blocks; i++) {
      System.arraycopy(values, i * length, turned, (blocks - 1 - i) * length, length);
    }
    return turned;
  }

  private void swap() {
    Map<Role, double[]> values = trial.values();
    for (Role role : values.keySet()) {
      trial.set(other(role), values.get(role));
    }
  }

  private static Role other(Role role) {
    return switch (role) {
      case VIEW0 -> Role.VIEW1;
      case VIEW1 -> Role.VIEW0;
      case EMBEDDING0 -> Role.EMBEDDING1;
      case EMBEDDING1 -> Role.EMBEDDING0;
      case NEGATIVE -> Role.NEGATIVE;
      case PREDICTION0 -> Role.PREDICTION1;
      case PREDICTION1 -> Role.PREDICTION0;
      case TARGET0 -> Role.TARGET1;
      case TARGET1 -> Role.TARGET0;
      case RECONSTRUCTION0 -> Role.RECONSTRUCTION1;
      case RECONSTRUCTION1 -> Role.RECONSTRUCTION0;
    };
  }
}
