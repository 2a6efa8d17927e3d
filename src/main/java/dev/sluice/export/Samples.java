package dev.sluice.export;

import dev.sluice.event.StepReport;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The values of some series over some steps, ready to go out: one sample a timestamp. Steps that
 * share a timestamp share a sample, which keeps the last measured value, and the smallest and
 * largest finite one. One thread at a time.
 */
final class Samples {
  /** After so long, what was made has been written. */
  private static final long SETTLED_MILLIS = 10_000;

  private final int[] slots;
  private final long[] times;
  private final long[] lastSteps;
  private final int[] steps;

  /** By column, then sample. */
  private final double[][] last;

  private final double[][] min;
  private final double[][] max;
  private final BitSet leftOut = new BitSet();
  private int size;

  /**
   * Room for samples.
   *
   * @param slots where each column stands in a row
   */
  Samples(int[] slots, int capacity) {
    this.slots = slots.clone();
    times = new long[capacity];
    lastSteps = new long[capacity];
    steps = new int[capacity];
    last = new double[slots.length][capacity];
    min = new double[slots.length][capacity];
    max = new double[slots.length][capacity];
  }

  void clear() {
    size = 0;
  }

  /** Takes a row of the history; rows come in the order of their steps. */
  void add(long step, long timestampMillis, double[] row) {
    if (size == 0 || times[size - 1] != timestampMillis) {
      begin(timestampMillis);
    }
    int sample = size - 1;
    lastSteps[sample] = step;
    steps[sample]++;
    for (int column = 0; column < slots.length; column++) {
      double value = row[slots[column]];
      if (!StepReport.isAbsent(value)) {
        add(column, sample, value);
      }
    }
  }

  private void begin(long timestampMillis) {
    times[size] = timestampMillis;
    steps[size] = 0;
    for (int column = 0; column < slots.length; column++) {
      last[column][size] = StepReport.ABSENT;
      min[column][size] = StepReport.ABSENT;
      max[column][size] = StepReport.ABSENT;
    }
    size++;
  }

  private void add(int column, int sample, double value) {
    last[column][sample] = value;
    if (!Double.isFinite(value)) {
      return;
    }
    // the negated comparisons also take the first value, when there is none yet
    if (!(value >= min[column][sample])) {
      min[column][sample] = value;
    }
    if (!(value <= max[column][sample])) {
      max[column][sample] = value;
    }
  }

  /**
   * Leaves out the last sample where steps that are still to be written may share its timestamp.
   * They share one only where the time has run ahead of the clock, a millisecond a step; a time
   * that is more than a millisecond after the one before is the clock's own.
   *
   * @param beforeMillis timestamp of the step before the first sample
   * @param nowMillis the clock
   */
  void dropOpen(long beforeMillis, long nowMillis) {
    if (size == 0) {
      return;
    }
    long last = times[size - 1];
    long before = size == 1 ? beforeMillis : times[size - 2];
    if (last - before <= 1 && last > nowMillis - SETTLED_MILLIS) {
      size--;
    }
  }

  /** Leaves out the last sample: rows that were not read may belong to it. */
  void dropLast() {
    size = Math.max(0, size - 1);
  }

  /** Leaves a column out from now on, also after {@link #clear}. */
  void leaveOut(int column) {
    leftOut.set(column);
  }

  boolean isLeftOut(int column) {
    return leftOut.get(column);
  }

  /** How many values stand in a column. */
  int measured(int column) {
    int measured = 0;
    for (int sample = 0; sample < size; sample++) {
      measured += StepReport.isAbsent(last[column][sample]) ? 0 : 1;
    }
    return measured;
  }

  /** How many values stand in the columns that are left out. */
  int leftOutValues() {
    return leftOut.stream().map(this::measured).sum();
  }

  int size() {
    return size;
  }

  int columns() {
    return slots.length;
  }

  long timestampMillis(int sample) {
    return times[sample];
  }

  /** The last step that a sample stands for. */
  long lastStep(int sample) {
    return lastSteps[sample];
  }

  /** How many steps a sample stands for. */
  int steps(int sample) {
    return steps[sample];
  }

  /** Whether some sample of a range stands for several steps. */
  boolean isThinned(int from, int to) {
    return Arrays.stream(steps, from, to).anyMatch(count -> count > 1);
  }

  /** The last measured value, or {@link StepReport#ABSENT}. */
  double last(int column, int sample) {
    return last[column][sample];
  }

  /** The smallest finite value, or {@link StepReport#ABSENT}. */
  double min(int column, int sample) {
    return min[column][sample];
  }

  /** The largest finite value, or {@link StepReport#ABSENT}. */
  double max(int column, int sample) {
    return max[column][sample];
  }
}
