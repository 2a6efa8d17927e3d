package dev.sluice.web;

import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.List;

/**
 * All curves of a run of any length in a bounded number of points: when it is full, neighbours are
 * merged and each point holds twice as many steps. Spikes survive as a point's smallest and largest
 * values. Not safe for use by several threads.
 */
final class CurveMemory {
  private final int capacity;
  private final List<CurveBucket> buckets = new ArrayList<>();
  private int width = 1;

  /**
   * @param capacity most points, even
   */
  CurveMemory(int capacity) {
    if (capacity < 2 || capacity % 2 != 0) {
      throw new IllegalArgumentException("capacity must be even and positive: " + capacity);
    }
    this.capacity = capacity;
  }

  void add(StepReport report) {
    int open = buckets.size() - 1;
    if (open >= 0 && buckets.get(open).count() < width) {
      buckets.get(open).add(report);
      return;
    }
    if (buckets.size() == capacity) {
      halve();
    }
    buckets.add(new CurveBucket(report));
  }

  /** The points whose last step lies after {@code step}, to be kept by the caller. */
  List<CurveBucket> after(long step) {
    int from = buckets.size();
    while (from > 0 && buckets.get(from - 1).step() > step) {
      from--;
    }
    List<CurveBucket> points = new ArrayList<>(buckets.subList(from, buckets.size()));
    if (!points.isEmpty()) {
      // only the last one can still grow
      points.set(points.size() - 1, points.get(points.size() - 1).copy());
    }
    return points;
  }

  void clear() {
    buckets.clear();
    width = 1;
  }

  private void halve() {
    for (int i = 0; i < capacity / 2; i++) {
      buckets.set(i, buckets.get(2 * i).with(buckets.get(2 * i + 1)));
    }
    buckets.subList(capacity / 2, capacity).clear();
    width *= 2;
  }
}
