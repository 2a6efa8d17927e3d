package dev.sluice;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import dev.sluice.history.RunLog;
import dev.sluice.metrics.RunMetrics;
import dev.sluice.metrics.RunSeries;
import dev.sluice.verticle.ReportSink;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A run's step log in the place where the stream wants it; what it writes is counted. */
final class HistoryLog implements ReportSink {
  private final String run;
  private final RunLog log;
  private final RunMetrics metrics;
  private final AtomicLong counted = new AtomicLong();

  HistoryLog(String run, RunLog log, RunMetrics metrics) {
    this.run = run;
    this.log = log;
    this.metrics = metrics;
    log.onError(error -> metrics.add(run, RunSeries.HISTORY_ERRORS.with(), 1));
  }

  @Override
  public void onCommitted(LongConsumer committed) {
    log.onCommitted(
        step -> {
          committed.accept(step);
          count();
        });
  }

  private void count() {
    long rows = log.rows();
    metrics.add(run, RunSeries.HISTORY_ROWS.with(), (double) (rows - counted.getAndSet(rows)));
    metrics.set(run, RunSeries.QUEUE_SIZE.with("history"), log.queueSize());
    metrics.set(run, RunSeries.QUEUE_CAPACITY.with("history"), log.queueCapacity());
  }

  @Override
  public void append(StepReport report) {
    log.append(report);
  }

  @Override
  public void append(RunEvent event) {
    log.append(event);
  }

  @Override
  public void close() {
    log.close();
  }
}
