package dev.sluice.verticle;

import dev.sluice.event.Addresses;
import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every report and event of a run to its history, in order, and says which step is committed,
 * which is what lets its trainer go on. A history may wait for its disk, so this runs on a worker
 * thread of its own.
 */
final class HistoryVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryVerticle.class);

  private final Map<String, Recorded> runs = new ConcurrentHashMap<>();

  /**
   * From any thread, before the run's first report.
   *
   * @param failed told once, with the reason, when the history can take no more
   * @return completes when the run has ended and its history is closed; fails where rows were lost
   */
  Future<Void> attach(String run, ReportSink sink, Consumer<String> failed) {
    Recorded recorded = new Recorded(sink, failed);
    String address = Addresses.committed(run);
    EventBus bus = vertx.eventBus();
    sink.onCommitted(step -> bus.publish(address, step, BusCodecs.LOCAL));
    runs.put(run, recorded);
    return recorded.closed.future();
  }

  /** Of a run that did not start: closes its history. */
  void detach(String run) {
    Recorded recorded = runs.remove(run);
    if (recorded != null) {
      close(run, recorded);
    }
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
    Recorded recorded = runs.get(report.run());
    if (recorded != null) {
      record(report.run(), recorded, () -> recorded.sink.append(report));
    }
  }

  private void event(RunEvent event) {
    Recorded recorded = runs.get(event.run());
    if (recorded == null) {
      return;
    }
    if (!(event instanceof RunEvent.KnobChanged)) {
      record(event.run(), recorded, () -> recorded.sink.append(event));
    }
    if (event instanceof RunEvent.StateChanged changed && changed.state().isEnd()) {
      runs.remove(event.run());
      close(event.run(), recorded);
    }
  }

  private static void record(String run, Recorded recorded, Runnable append) {
    if (recorded.broken) {
      return;
    }
    try {
      append.run();
    } catch (RuntimeException failure) {
      LOG.error("run {}: its history failed: {}", run, Refusal.reason(failure));
      LOG.debug("run {}: its history failed", run, failure);
      recorded.broken = true;
      recorded.failed.accept("history: " + Refusal.reason(failure));
    }
  }

  private static void close(String run, Recorded recorded) {
    try {
      recorded.sink.close();
      recorded.closed.tryComplete();
    } catch (RuntimeException failure) {
      LOG.error("run {}: its history is incomplete: {}", run, Refusal.reason(failure));
      LOG.debug("run {}: its history did not close", run, failure);
      recorded.closed.tryFail(failure);
    }
  }

  /** A run's history and how it stands. */
  private static final class Recorded {
    private final ReportSink sink;
    private final Consumer<String> failed;
    private final Promise<Void> closed = Promise.promise();
    private boolean broken;

    Recorded(ReportSink sink, Consumer<String> failed) {
      this.sink = sink;
      this.failed = failed;
    }
  }
}
