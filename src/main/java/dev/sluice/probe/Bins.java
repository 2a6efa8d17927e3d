package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * How values between 0 and 1 are distributed: their shares in ten bins, each named by its upper
 * edge. A bin holds what lies above the edge before it and up to its own, so a value of exactly 0.1
 * is in the bin 0.1; the first holds 0 too. The shares of one distribution sum to 1.
 */
final class Bins {
  /** Label name of the upper edge. */
  static final String BIN = "bin";

  static final int COUNT = 10;

  private Bins() {}

  /** One series a bin, from 0.1 to 1.0; {@code further} are the label values behind the bin. */
  static List<Series> of(MetricSpec metric, String... further) {
    List<Series> series = new ArrayList<>(COUNT);
    for (int bin = 0; bin < COUNT; bin++) {
      List<String> values = new ArrayList<>();
      values.add(Double.toString(edge(bin)));
      values.addAll(List.of(further));
      series.add(new Series(metric, values));
    }
    return series;
  }

  /**
   * Writes the share of each bin from index {@code first} on. A value that rounding took beyond 0
   * or 1 counts as 0 or 1; one NaN makes every share NaN, for nobody knows where it belongs.
   */
  static void measure(double[] values, Readings readings, int first) {
    for (int bin = 0; bin < COUNT; bin++) {
      double below = bin == 0 ? Double.NEGATIVE_INFINITY : edge(bin - 1);
      double edge = bin == COUNT - 1 ? Double.POSITIVE_INFINITY : edge(bin);
      double count = 0;
      for (double value : values) {
        if (Double.isNaN(value)) {
          count = Double.NaN;
        } else if (value > below && value <= edge) {
          count++;
        }
      }
      readings.set(first + bin, count / values.length);
    }
  }

  private static double edge(int bin) {
    return (bin + 1) / (double) COUNT;
  }
}
