package dev.sluice.probe;

/**
 * An exponentially weighted mean: the value of t steps ago weighs keep^t, weights normalised, so
 * that the first value is the first mean. A value that is not finite is passed through and
 * forgotten.
 */
final class Ewma {
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
}
