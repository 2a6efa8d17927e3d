package dev.sluice.collapse;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.List;

/** Finds what the detectors read in a run's layout. Of several layers the first counts. */
final class Inputs {
  private final List<Series> series;

  Inputs(ReportLayout layout) {
    series = layout.series();
  }

  /**
   * The slot of the first series of a metric that carries the given labels, or -1.
   *
   * @param metric name without the prefix
   * @param labels names and values in turn
   */
  int slot(String metric, String... labels) {
    for (int slot = 0; slot < series.size(); slot++) {
      if (matches(series.get(slot), metric, labels)) {
        return slot;
      }
    }
    return -1;
  }

  /** The slots of every series of a metric. */
  int[] slots(String metric) {
    return java.util.stream.IntStream.range(0, series.size())
        .filter(slot -> matches(series.get(slot), metric))
        .toArray();
  }

  private static boolean matches(Series candidate, String metric, String... labels) {
    if (!candidate.metric().name().equals(metric)) {
      return false;
    }
    for (int i = 0; i < labels.length; i += 2) {
      int label = candidate.metric().labelNames().indexOf(labels[i]);
      if (label < 0 || !candidate.labelValues().get(label).equals(labels[i + 1])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a value was measured and can be compared. One that is not finite is a matter of
   * divergence alone.
   */
  static boolean isFinite(double value) {
    return Math.abs(value) <= Double.MAX_VALUE;
  }

  /** A number derived from a report; {@link StepReport#ABSENT} when the report lacks its parts. */
  @FunctionalInterface
  interface Reading {
    double of(StepReport report);
  }
}
