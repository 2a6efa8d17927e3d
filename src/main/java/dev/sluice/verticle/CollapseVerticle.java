package dev.sluice.verticle;

import dev.sluice.collapse.CollapseMonitor;
import dev.sluice.event.Addresses;
import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from {@link Addresses#MEASURED} to every consumer: passes each report through its
 * run's detectors and sends it on, with what they found, and sends events on at their place between
 * the reports. So whoever listens on one context sees a run's reports and events in one order. A
 * run nobody attached a filter to passes as it is.
 */
final class CollapseVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CollapseVerticle.class);

  private final Map<String, Detection> runs = new ConcurrentHashMap<>();
  private final List<RunEvent> found = new ArrayList<>();

  /** From any thread, before the run's first report. */
  void attach(String run, ReportFilter filter) {
    runs.put(run, new Detection(filter));
  }

  void detach(String run) {
    runs.remove(run);
  }

  @Override
  public Future<?> start() {
    return vertx
        .eventBus()
        .localConsumer(Addresses.MEASURED, message -> take(message.body()))
        .completion();
  }

  private void take(Object message) {
    if (message instanceof StepReport report) {
      take(report);
    } else if (message instanceof RunEvent event) {
      take(event);
    }
  }

  private void take(StepReport measured) {
    StepReport report = detect(measured);
    vertx.eventBus().publish(Addresses.REPORTS, report, BusCodecs.LOCAL);
    for (RunEvent event : found) {
      vertx.eventBus().publish(Addresses.EVENTS, event, BusCodecs.LOCAL);
    }
    found.clear();
  }

  private void take(RunEvent event) {
    if (event instanceof RunEvent.KnobChanged moved
        && CollapseMonitor.restartsPeaks(moved.knob())) {
      Detection detection = runs.get(event.run());
      if (detection != null) {
        detection.moved.add(event.step());
      }
    }
    vertx.eventBus().publish(Addresses.EVENTS, event, BusCodecs.LOCAL);
  }

  private StepReport detect(StepReport measured) {
    Detection detection = runs.get(measured.run());
    if (detection == null) {
      return measured;
    }
    try {
      return detection.accept(measured, found);
    } catch (RuntimeException failure) {
      LOG.error(
          "run {}: its detectors failed at step {} and are off from here on",
          measured.run(),
          measured.step(),
          failure);
      runs.remove(measured.run());
      found.clear();
      return measured;
    }
  }

  /** A run's detectors and the knob changes that hold from steps whose reports are yet to come. */
  private static final class Detection {
    private final ReportFilter filter;
    private final ArrayDeque<Long> moved = new ArrayDeque<>();

    Detection(ReportFilter filter) {
      this.filter = filter;
    }

    StepReport accept(StepReport measured, List<RunEvent> events) {
      while (!moved.isEmpty() && moved.getFirst() <= measured.step()) {
        filter.knobMoved(moved.removeFirst());
      }
      return filter.accept(measured, events);
    }
  }
}
