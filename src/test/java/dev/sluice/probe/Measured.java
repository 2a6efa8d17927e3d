package dev.sluice.probe;

import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.List;

/** Readings by the key of their series, without the prefix. */
record Measured(StepReport report) {

  /** The value of a series, for example {@code loss{part="total"}}; fails where there is none. */
  double get(String key) {
    int slot = report.layout().slot("sluice_" + key);
    if (slot < 0) {
      throw new AssertionError("no series " + key);
    }
    return report.value(slot);
  }

  boolean has(String key) {
    return report.isMeasured(report.layout().slot("sluice_" + key));
  }

  List<Series> series() {
    return report.layout().series();
  }

  double[] values() {
    return report.copyOfValues();
  }
}
