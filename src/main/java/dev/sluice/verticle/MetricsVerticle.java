package dev.sluice.verticle;

import dev.sluice.event.Addresses;
import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every report and event of a run to those who watch it: its metrics first of all. Watchers
 * only note what they are given, so this runs on an event loop; one that throws is let go.
 */
final class MetricsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsVerticle.class);

  private final Map<String, List<RunWatcher>> runs = new ConcurrentHashMap<>();

  /** From any thread, before the run's first report. */
  void attach(String run, List<RunWatcher> watchers) {
    runs.put(run, new ArrayList<>(watchers));
  }

  void detach(String run) {
    runs.remove(run);
  }

  @Override
  public Future<?> start() {
    EventBus bus = vertx.eventBus();
    return Future.join(
        bus.<StepReport>localConsumer(Addresses.REPORTS, message -> report(message.body()))
            .completion(),
        bus.<RunEvent>localConsumer(Addresses.EVENTS, message -> event(message.body()))
            .completion());
  }

  private void report(StepReport report) {
    tell(report.run(), watcher -> watcher.report(report));
  }

  private void event(RunEvent event) {
    tell(event.run(), watcher -> watcher.event(event));
  }

  private void tell(String run, Consumer<RunWatcher> message) {
    List<RunWatcher> watchers = runs.get(run);
    if (watchers != null) {
      watchers.removeIf(watcher -> !tell(run, watcher, message));
    }
  }

  private static boolean tell(String run, RunWatcher watcher, Consumer<RunWatcher> message) {
    try {
      message.accept(watcher);
      return true;
    } catch (RuntimeException failure) {
      LOG.error("run {}: {} failed and is let go", run, watcher.getClass().getName(), failure);
      return false;
    }
  }
}
