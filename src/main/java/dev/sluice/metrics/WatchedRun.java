package dev.sluice.metrics;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was last heard of one run. Written for every step, read at every scrape, from different
 * threads: each method holds the run's own lock, for microseconds.
 */
final class WatchedRun {
  private final ReportLayout layout;
  private final double[] lastFinite;
  private final int stepSecondsSlot;
  private final DistributionDataPoint durations;
  private final Map<Series, Double> kept = new LinkedHashMap<>();
  private final Map<String, Long> events = new LinkedHashMap<>();
  private final Map<String, Long> eventMillis = new LinkedHashMap<>();
  private @Nullable RunInfo info;
  private @Nullable StepReport latest;
  private RunState state = RunState.RUNNING;
  private long nonFinite;

  WatchedRun(ReportLayout layout, DistributionDataPoint durations) {
    this.layout = layout;
    this.durations = durations;
    lastFinite = layout.emptyValues();
    stepSecondsSlot = layout.slot(PipelineSeries.STEP_SECONDS.with());
    RunSeries.EVENT_LABELS.forEach(label -> events.put(label, 0L));
  }

  boolean reportsAs(ReportLayout other) {
    return layout == other || layout.series().equals(other.series());
  }

  synchronized void report(StepReport report) {
    latest = report;
    for (int slot = 0; slot < lastFinite.length; slot++) {
      double value = report.value(slot);
      if (Double.isFinite(value)) {
        lastFinite[slot] = value;
      } else if (!StepReport.isAbsent(value)) {
        nonFinite++;
      }
    }
    double seconds = report.value(stepSecondsSlot);
    if (Double.isFinite(seconds)) {
      durations.observe(seconds);
    }
  }

  synchronized void event(RunEvent event) {
    events.merge(event.label(), 1L, Long::sum);
    eventMillis.put(event.label(), event.timestampMillis());
    if (event instanceof RunEvent.Started started) {
      info = started.info();
    }
    if (event instanceof RunEvent.StateChanged changed) {
      state = changed.state();
    }
  }

  synchronized void set(Series series, double value) {
    kept.put(series, value);
  }

  synchronized void add(Series series, double more) {
    kept.merge(series, more, Double::sum);
  }

  /** Calls {@code sink} with every series there is a value of, each once. */
  synchronized void forEach(ObjDoubleConsumer<Series> sink) {
    for (int slot = 0; slot < lastFinite.length; slot++) {
      if (!StepReport.isAbsent(lastFinite[slot])) {
        sink.accept(layout.series().get(slot), lastFinite[slot]);
      }
    }
    kept.forEach(sink::accept);
    sink.accept(RunSeries.NONFINITE.with("report"), (double) nonFinite);
    for (RunState one : RunState.values()) {
      sink.accept(RunSeries.STATE.with(one.label()), one == state ? 1 : 0);
    }
    events.forEach((label, count) -> sink.accept(RunSeries.EVENTS.with(label), count));
    eventMillis.forEach(
        (label, millis) -> sink.accept(RunSeries.EVENT_TIME.with(label), seconds(millis)));
    if (latest != null) {
      sink.accept(RunSeries.STEP.with(), (double) latest.step());
      sink.accept(RunSeries.LAST_STEP.with(), seconds(latest.timestampMillis()));
    }
    if (info != null) {
      sink.accept(RunSeries.START.with(), seconds(info.startMillis()));
      sink.accept(
          RunSeries.INFO.with(
              info.backend(),
              Boolean.toString(info.groundTruth()),
              info.loss(),
              info.recipe(),
              info.source()),
          1);
    }
  }

  private static double seconds(long millis) {
    return millis / 1e3;
  }
}
