package dev.sluice.web;

import dev.sluice.event.StepReport;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive steps of a run drawn as one point: per slot the last, smallest and largest
 * value. A slot that no step measured is {@link StepReport#ABSENT}; one in which a step measured
 * NaN has NaN for its smallest and largest, so that drawing coarser never hides one.
 */
final class CurveBucket {
  private final double[] last;
  private double @Nullable [] low;
  private double @Nullable [] high;
  private long step;
  private long timeMillis;
  private int count;

  /** A bucket of one step. */
  CurveBucket(StepReport report) {
    last = report.copyOfValues();
    step = report.step();
    timeMillis = report.timestampMillis();
    count = 1;
  }

  private CurveBucket(CurveBucket other) {
    last = other.last.clone();
    low = other.low == null ? null : other.low.clone();
    high = other.high == null ? null : other.high.clone();
    step = other.step;
    timeMillis = other.timeMillis;
    count = other.count;
  }

  CurveBucket copy() {
    return new CurveBucket(this);
  }

  /** This and a later one as one new bucket. */
  CurveBucket with(CurveBucket later) {
    CurveBucket both = copy();
    both.add(later);
    return both;
  }

  /** Takes a later step in. */
  void add(StepReport later) {
    double[] smallest = lows();
    double[] largest = highs();
    for (int slot = 0; slot < last.length; slot++) {
      double value = later.value(slot);
      if (!StepReport.isAbsent(value)) {
        widen(smallest, largest, slot, value, value);
        last[slot] = value;
      }
    }
    end(later.step(), later.timestampMillis(), 1);
  }

  private void add(CurveBucket later) {
    double[] smallest = lows();
    double[] largest = highs();
    for (int slot = 0; slot < last.length; slot++) {
      if (!StepReport.isAbsent(later.last[slot])) {
        widen(smallest, largest, slot, later.low(slot), later.high(slot));
        last[slot] = later.last[slot];
      }
    }
    end(later.step, later.timeMillis, later.count);
  }

  /** The last step in it. */
  long step() {
    return step;
  }

  /** When its last step ended. */
  long timeMillis() {
    return timeMillis;
  }

  /** How many steps it holds. */
  int count() {
    return count;
  }

  double last(int slot) {
    return last[slot];
  }

  double low(int slot) {
    return low == null ? last[slot] : low[slot];
  }

  double high(int slot) {
    return high == null ? last[slot] : high[slot];
  }

  private double[] lows() {
    double[] lows = low == null ? last.clone() : low;
    low = lows;
    return lows;
  }

  private double[] highs() {
    double[] highs = high == null ? last.clone() : high;
    high = highs;
    return highs;
  }

  private void end(long lastStep, long lastMillis, int more) {
    step = lastStep;
    timeMillis = lastMillis;
    count += more;
  }

  private static void widen(
      double[] smallest, double[] largest, int slot, double least, double most) {
    if (StepReport.isAbsent(smallest[slot])) {
      smallest[slot] = least;
      largest[slot] = most;
      return;
    }
    smallest[slot] = Math.min(smallest[slot], least);
    largest[slot] = Math.max(largest[slot], most);
  }
}
