package dev.sluice.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The range that the help of a metric states, for example "0 to 1", "at least 0," or "in [0, 1]".
 * The first that it names counts; a bound that is no number, such as "m", binds nothing here.
 *
 * @param low smallest value, or negative infinity
 * @param high largest value, or infinity
 * @param orZero whether 0 may stand for "nothing to say", as in "0 where nothing varies"
 * @param slack what "about" before a bound allows
 */
public record StatedRange(double low, double high, boolean orZero, double slack) {
  private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)";
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(about )?" + NUMBER + "(?: \\([^)]*\\))? to (about )?(?:" + NUMBER + "(?! m\\b)|\\S)");
  private static final Pattern INTERVAL = Pattern.compile("in \\[" + NUMBER + ", " + NUMBER + "]");
  private static final Pattern AT_LEAST =
      Pattern.compile("(?:at least|above) " + NUMBER + "[,;.:]");
  private static final Pattern AT_MOST = Pattern.compile("at most " + NUMBER + "[,;.]");
  private static final Pattern OR_ZERO = Pattern.compile("[,;] 0 where ");

  /** Beyond a bound, for rounding. */
  private static final double ROUNDING = 1e-6;

  private static final double ABOUT = 0.1;

  /** Of a help text. */
  public static StatedRange of(String help) {
    boolean orZero = OR_ZERO.matcher(help).find();
    Matcher between = BETWEEN.matcher(help);
    if (between.find()) {
      boolean about = between.group(1) != null || between.group(3) != null;
      String high = between.group(4);
      return new StatedRange(
          Double.parseDouble(between.group(2)),
          high == null ? Double.POSITIVE_INFINITY : Double.parseDouble(high),
          orZero,
          about ? ABOUT : 0);
    }
    Matcher interval = INTERVAL.matcher(help);
    if (interval.find()) {
      return new StatedRange(
          Double.parseDouble(interval.group(1)), Double.parseDouble(interval.group(2)), orZero, 0);
    }
    Matcher least = AT_LEAST.matcher(help);
    double low = least.find() ? Double.parseDouble(least.group(1)) : Double.NEGATIVE_INFINITY;
    Matcher most = AT_MOST.matcher(help);
    double high = most.find() ? Double.parseDouble(most.group(1)) : Double.POSITIVE_INFINITY;
    return new StatedRange(low, high, orZero, 0);
  }

  /** Whether the text states any bound. */
  public boolean isStated() {
    return Double.isFinite(low) || Double.isFinite(high);
  }

  /** Whether a finite value lies in it. */
  public boolean holds(double value) {
    double most = ROUNDING + slack;
    return (value >= low - most && value <= high + most) || (orZero && value == 0);
  }
}
