package dev.sluice.history;

import dev.sluice.event.StepReport;
import java.util.Arrays;
import java.util.List;

/**
 * The curves of a run over a range of steps, in few enough points to draw: neighbouring steps share
 * a bucket, which keeps the last value and the smallest and largest of each series. Immutable.
 *
 * <p>Values are {@link StepReport#ABSENT} where nothing was measured. What was measured and is not
 * finite stands as it is in {@link #last}, is counted in {@link #nonFinite} and is left out of the
 * minima and maxima.
 */
public final class Curves {
  private final List<String> keys;
  private final List<LoggedEvent> events;
  private final int size;
  private final long[] steps;
  private final long[] times;
  private final int[] rows;

  /** By slot, then bucket. */
  private final double[] last;

  private final double[] min;
  private final double[] max;
  private final int[] nonFinite;

  private Curves(Builder built, List<LoggedEvent> events) {
    keys = built.keys;
    this.events = List.copyOf(events);
    size = built.size;
    steps = built.steps;
    times = built.times;
    rows = built.rows;
    last = built.last;
    min = built.min;
    max = built.max;
    nonFinite = built.nonFinite;
  }

  /** The series by slot, as {@link dev.sluice.event.Series#key()} writes them. */
  public List<String> keys() {
    return keys;
  }

  /** The slot of a series, or -1 when the run has none. */
  public int slot(String key) {
    return keys.indexOf(key);
  }

  /** How many buckets hold steps, ascending. */
  public int size() {
    return size;
  }

  /** The last step of a bucket. */
  public long step(int bucket) {
    return steps[bucket];
  }

  /** When the last step of a bucket ended, milliseconds since the epoch. */
  public long timestampMillis(int bucket) {
    return times[bucket];
  }

  /** How many steps a bucket holds, 1 or more. */
  public int rows(int bucket) {
    return rows[bucket];
  }

  /** The last measured value. */
  public double last(int slot, int bucket) {
    return last[slot * steps.length + bucket];
  }

  /** The smallest finite value. */
  public double min(int slot, int bucket) {
    return min[slot * steps.length + bucket];
  }

  /** The largest finite value. */
  public double max(int slot, int bucket) {
    return max[slot * steps.length + bucket];
  }

  /** How many values were measured and not finite. */
  public int nonFinite(int slot, int bucket) {
    return nonFinite[slot * steps.length + bucket];
  }

  /** What happened within the range, in the order in which it was written. */
  public List<LoggedEvent> events() {
    return events;
  }

  /** Takes rows in ascending order of their steps. */
  static final class Builder {
    private final List<String> keys;
    private final long firstStep;
    private final long width;
    private int size;
    private final long[] steps;
    private final long[] times;
    private final int[] rows;
    private final double[] last;
    private final double[] min;
    private final double[] max;
    private final int[] nonFinite;

    /**
     * @param firstStep first step of the first bucket
     * @param lastStep last step of the last
     */
    Builder(List<String> keys, long firstStep, long lastStep, int maxBuckets) {
      this.keys = keys;
      this.firstStep = firstStep;
      long span = Math.max(0, lastStep - firstStep + 1);
      width = Math.max(1, (span + maxBuckets - 1) / maxBuckets);
      int buckets = Math.toIntExact((span + width - 1) / width);
      steps = new long[buckets];
      times = new long[buckets];
      rows = new int[buckets];
      last = absent(keys.size() * buckets);
      min = absent(keys.size() * buckets);
      max = absent(keys.size() * buckets);
      nonFinite = new int[keys.size() * buckets];
    }

    private static double[] absent(int length) {
      double[] values = new double[length];
      Arrays.fill(values, StepReport.ABSENT);
      return values;
    }

    void add(long step, long time, double[] values) {
      if (size == 0 || (step - firstStep) / width != (steps[size - 1] - firstStep) / width) {
        size++;
      }
      int bucket = size - 1;
      steps[bucket] = step;
      times[bucket] = time;
      rows[bucket]++;
      for (int slot = 0; slot < values.length; slot++) {
        if (!StepReport.isAbsent(values[slot])) {
          add(slot * steps.length + bucket, values[slot]);
        }
      }
    }

    private void add(int index, double value) {
      last[index] = value;
      if (!Double.isFinite(value)) {
        nonFinite[index]++;
        return;
      }
      // the negated comparisons also take the first value, when there is none yet
      if (!(value >= min[index])) {
        min[index] = value;
      }
      if (!(value <= max[index])) {
        max[index] = value;
      }
    }

    Curves build(List<LoggedEvent> events) {
      return new Curves(this, events);
    }
  }
}
