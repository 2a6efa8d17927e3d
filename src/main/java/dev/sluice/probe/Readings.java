package dev.sluice.probe;

/**
 * Where a probe writes: a window on the slots of a step report. Index i is the probe's i-th series.
 */
public final class Readings {
  private final double[] values;
  private final int[] slots;

  /**
   * @param values the slots of a report
   * @param slots slot of each of the probe's series
   */
  public Readings(double[] values, int[] slots) {
    this.values = values;
    this.slots = slots;
  }

  public void set(int index, double value) {
    values[slots[index]] = value;
  }

  /**
   * Leaves the series out where the measure is not defined (NaN): nothing has gone wrong, there is
   * nothing to say.
   */
  public void setIfDefined(int index, double value) {
    if (!Double.isNaN(value)) {
      set(index, value);
    }
  }
}
