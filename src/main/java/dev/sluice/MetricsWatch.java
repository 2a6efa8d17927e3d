package dev.sluice;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.RunMetrics;
import dev.sluice.verticle.RunWatcher;

/** Shows a run to Prometheus. */
record MetricsWatch(RunMetrics metrics) implements RunWatcher {

  @Override
  public void report(StepReport report) {
    metrics.report(report);
  }

  @Override
  public void event(RunEvent event) {
    metrics.event(event);
  }
}
