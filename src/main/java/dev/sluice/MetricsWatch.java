package dev.sluice;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.RunMetrics;
import dev.sluice.metrics.RunSeries;
import dev.sluice.verticle.RunWatcher;
import dev.sluice.verticle.StreamSettings;

/** Shows a run to Prometheus. */
record MetricsWatch(RunMetrics metrics) implements RunWatcher {

  /** As many batches as may be asked for ahead. */
  private static final int PAIRS_CAPACITY = StreamSettings.DEFAULT.credits();

  @Override
  public void report(StepReport report) {
    metrics.report(report);
  }

  @Override
  public void event(RunEvent event) {
    metrics.event(event);
    if (event instanceof RunEvent.Started) {
      metrics.set(event.run(), RunSeries.QUEUE_CAPACITY.with("pairs"), PAIRS_CAPACITY);
    }
  }
}
