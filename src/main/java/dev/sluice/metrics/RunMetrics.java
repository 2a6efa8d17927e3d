package dev.sluice.metrics;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exposes every run of the process to Prometheus, under the label {@code run}.
 *
 * <p>A step costs one pass over its slots and one observation; names and labels are written only
 * when somebody scrapes. A gauge shows the last finite value that was measured: a NaN would poison
 * rules and panels, so values that are not finite are counted instead, in {@code
 * sluice_nonfinite_values_total{tensor="report"}}. A run's series disappear some time after it has
 * ended.
 *
 * <p>Safe for use by many threads.
 */
public final class RunMetrics implements MultiCollector {
  /** Classic buckets from 50 us to 10 s. */
  private static final double[] STEP_BUCKETS = {
    5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10
  };

  private final Map<String, WatchedRun> runs = new ConcurrentHashMap<>();
  private final Map<String, Instant> ended = new ConcurrentHashMap<>();
  private final Histogram durations;
  private final InstantSource clock;
  private final Duration keep;

  /**
   * Registers itself.
   *
   * @param keep how long a run's series stay after its end
   */
  public RunMetrics(PrometheusRegistry registry, InstantSource clock, Duration keep) {
    this.clock = clock;
    this.keep = keep;
    durations =
        Histogram.builder()
            .name(RunSeries.STEP_DURATION.fullName())
            .help(RunSeries.STEP_DURATION.help())
            .labelNames("run")
            .classicOnly()
            .classicUpperBounds(STEP_BUCKETS)
            .register(registry);
    registry.register(this);
  }

  /** Takes note of a step. */
  public void report(StepReport report) {
    WatchedRun run = runs.get(report.run());
    if (run == null || !run.reportsAs(report.layout())) {
      run = open(report.run(), report.layout());
    }
    run.report(report);
  }

  /** Takes note of an event; {@code Started} opens a run, and begins it anew where it was known. */
  public void event(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      open(event.run(), started.info().layout());
    }
    WatchedRun run = runs.get(event.run());
    if (run == null) {
      return;
    }
    run.event(event);
    if (event instanceof RunEvent.StateChanged changed) {
      switch (changed.state()) {
        case FINISHED, FAILED -> ended.put(event.run(), clock.instant());
        case RUNNING, PAUSED -> ended.remove(event.run());
      }
    }
  }

  /** Sets a gauge that is kept per run, for example {@link RunSeries#QUEUE_SIZE}. */
  public void set(String run, Series series, double value) {
    WatchedRun known = runs.get(run);
    if (known != null) {
      known.set(series, value);
    }
  }

  /** Adds to a counter that is kept per run, for example {@link RunSeries#HISTORY_ROWS}. */
  public void add(String run, Series series, double more) {
    WatchedRun known = runs.get(run);
    if (known != null) {
      known.add(series, more);
    }
  }

  @Override
  public MetricSnapshots collect() {
    forgetEnded();
    Families families = new Families();
    runs.forEach((name, run) -> run.forEach((series, value) -> families.add(name, series, value)));
    return families.snapshots();
  }

  private WatchedRun open(String name, ReportLayout layout) {
    forget(name);
    WatchedRun run = new WatchedRun(layout, durations.labelValues(name));
    runs.put(name, run);
    return run;
  }

  private void forgetEnded() {
    Instant limit = clock.instant().minus(keep);
    ended.forEach(
        (run, at) -> {
          if (at.isBefore(limit)) {
            forget(run);
          }
        });
  }

  private void forget(String run) {
    ended.remove(run);
    runs.remove(run);
    durations.remove(run);
  }
}
