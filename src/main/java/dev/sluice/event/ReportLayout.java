package dev.sluice.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which series stands in which slot of a run's step reports. Fixed at the start of the run. */
public final class ReportLayout {
  private final List<Series> series;
  private final Map<String, Integer> slots = new HashMap<>();

  public ReportLayout(List<Series> series) {
    this.series = List.copyOf(series);
    for (int slot = 0; slot < this.series.size(); slot++) {
      String key = this.series.get(slot).key();
      if (slots.put(key, slot) != null) {
        throw new IllegalArgumentException("two slots for the series " + key);
      }
    }
  }

  public List<Series> series() {
    return series;
  }

  public int size() {
    return series.size();
  }

  /** The slot of a series given as {@link Series#key()} writes it, or -1 when this run has none. */
  public int slot(String key) {
    return slots.getOrDefault(key, -1);
  }

  /** The slot of a series, or -1 when this run has none. */
  public int slot(Series wanted) {
    return slot(wanted.key());
  }

  /** Fresh values of a report in which nothing has been measured yet. */
  public double[] emptyValues() {
    double[] values = new double[series.size()];
    java.util.Arrays.fill(values, StepReport.ABSENT);
    return values;
  }
}
