package dev.sluice.probe;

import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;

/**
 * An exponentially weighted mean: the value of t steps ago weighs keep^t, weights normalised, so
 * that the first value is the first mean. A value that is not finite is passed through and
 * forgotten.
 */
final class Ewma implements Stateful {
  private final double keep;
  private double sum;
  private double weight;

  Ewma(double keep) {
    this.keep = keep;
  }

  /** Keeps so much that the mean's centre of mass lies (span - 1) / 2 steps back. */
  static Ewma ofSpan(double span) {
    return new Ewma(1 - 2 / (span + 1));
  }

  double add(double value) {
    if (!Double.isFinite(value)) {
      return value;
    }
    sum = keep * sum + value;
    weight = keep * weight + 1;
    return sum / weight;
  }

  @Override
  public void save(String path, State state) {
    state.put(path, sum, weight);
  }

  @Override
  public void load(String path, State state) {
    double[] kept = state.get(path, 2);
    sum = kept[0];
    weight = kept[1];
  }
}
