package dev.sluice.loss;

/** What objectives ask of their settings, with what was given in the message. */
final class Require {
  private Require() {}

  /** Nothing can be contrasted with, or vary against, the rest of a batch of one. */
  static void othersInBatch(String objective, int batch) {
    if (batch < 2) {
      throw new IllegalArgumentException(
          objective + " holds a sample against the rest of its batch: it needs 2, given " + batch);
    }
  }

  static void positive(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must be positive: " + value);
    }
  }

  static void notNegative(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must not be negative: " + value);
    }
  }
}
