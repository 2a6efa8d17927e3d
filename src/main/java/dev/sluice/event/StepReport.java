package dev.sluice.event;

/**
 * Everything one training step says, as fixed-slot scalars: the waist between what trains and what
 * watches. Immutable once published.
 *
 * <p>A slot is in one of three states: measured and finite, measured and not finite (NaN or
 * infinite, a fact to be counted), or not measured in this step. The last is {@link #ABSENT}, a
 * quiet NaN with a payload that arithmetic does not produce, as R keeps its NA apart from NaN; it
 * survives being written as eight bytes.
 */
public final class StepReport {
  private static final long ABSENT_BITS = 0x7ff8_0000_0ab5_e47fL;

  /** The value of a slot that was not measured in this step. Test with {@link #isAbsent}. */
  public static final double ABSENT = Double.longBitsToDouble(ABSENT_BITS);

  /**
   * How far timestamps may run ahead of the clock, so that steps which come in bursts keep a
   * millisecond each.
   */
  public static final long MOST_AHEAD_MILLIS = 1000;

  private final String run;
  private final long step;
  private final long timestampMillis;
  private final ReportLayout layout;
  private final double[] values;

  /**
   * A report over {@code values}, which the caller hands over and never touches again.
   *
   * @param run the run's id
   * @param step counted from 0
   * @param timestampMillis when the step ended, milliseconds since the epoch; within a run it never
   *     decreases, and steps share one only where they come faster than one a millisecond
   */
  public StepReport(
      String run, long step, long timestampMillis, ReportLayout layout, double[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "layout has " + layout.size() + " slots, given " + values.length + " values");
    }
    this.run = run;
    this.step = step;
    this.timestampMillis = timestampMillis;
    this.layout = layout;
    this.values = values;
  }

  /**
   * Whether this is the value of a slot that was not measured, as opposed to one measured as NaN.
   */
  public static boolean isAbsent(double value) {
    return Double.doubleToRawLongBits(value) == ABSENT_BITS;
  }

  public String run() {
    return run;
  }

  public long step() {
    return step;
  }

  public long timestampMillis() {
    return timestampMillis;
  }

  public ReportLayout layout() {
    return layout;
  }

  public boolean isMeasured(int slot) {
    return slot >= 0 && !isAbsent(values[slot]);
  }

  /** The slot's value; {@link #ABSENT} when it was not measured or the run has no such slot. */
  public double value(int slot) {
    return slot < 0 ? ABSENT : values[slot];
  }

  public double[] copyOfValues() {
    return values.clone();
  }
}
