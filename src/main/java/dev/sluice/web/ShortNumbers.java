package dev.sluice.web;

import dev.sluice.event.StepReport;

/** Writes numbers as JSON with no more digits than a screen can show. */
final class ShortNumbers {
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  /** Whole numbers below are written in full. */
  private static final double EXACT = 1e15;

  private ShortNumbers() {}

  /**
   * Appends {@code value} with {@code digits} significant digits; null when it was not measured, a
   * word in quotes when it is not finite.
   *
   * @param digits 1 to 9
   */
  static void append(StringBuilder to, double value, int digits) {
    if (!Double.isFinite(value)) {
      to.append(StepReport.isAbsent(value) ? "null" : "\"" + value + "\"");
      return;
    }
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      to.append((long) value);
      return;
    }
    if (value < 0) {
      to.append('-');
    }
    appendPositive(to, Math.abs(value), digits);
  }

  private static void appendPositive(StringBuilder to, double value, int digits) {
    int exponent = (int) Math.floor(Math.log10(value));
    if (exponent < -5 || exponent >= digits) {
      to.append(new java.math.BigDecimal(value).round(new java.math.MathContext(digits)));
      return;
    }
    // value = whole.fraction with so many decimals that `digits` digits matter; 1e-5 at most
    int decimals = digits - 1 - exponent;
    double scale = decimals < POWERS.length ? POWERS[decimals] : Math.pow(10, decimals);
    long scaled = Math.round(value * scale);
    while (decimals > 0 && scaled % 10 == 0) {
      scaled /= 10;
      decimals--;
    }
    String plain = Long.toString(scaled);
    if (decimals == 0) {
      to.append(plain);
      return;
    }
    int whole = plain.length() - decimals;
    if (whole > 0) {
      to.append(plain, 0, whole).append('.').append(plain, whole, plain.length());
      return;
    }
    to.append("0.").append("0".repeat(-whole)).append(plain);
  }
}
