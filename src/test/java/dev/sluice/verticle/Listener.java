package dev.sluice.verticle;

import dev.sluice.event.Addresses;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears everything, on one context as any consumer does. */
final class Listener extends VerticleBase {
  final List<Object> heard = new CopyOnWriteArrayList<>();
  final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();

  @Override
  public Future<?> start() {
    vertx.eventBus().<StepReport>localConsumer(Addresses.REPORTS, m -> heard.add(m.body()));
    vertx.eventBus().<RunEvent>localConsumer(Addresses.EVENTS, m -> heard.add(m.body()));
    vertx.eventBus().<Snapshot>localConsumer(Addresses.SNAPSHOTS, m -> snapshots.add(m.body()));
    return Future.succeededFuture();
  }

  List<StepReport> reports(String run) {
    return heard.stream()
        .filter(StepReport.class::isInstance)
        .map(StepReport.class::cast)
        .filter(report -> report.run().equals(run))
        .toList();
  }

  List<Long> steps(String run) {
    return reports(run).stream().map(StepReport::step).toList();
  }

  List<RunEvent> events(String run) {
    return heard.stream()
        .filter(RunEvent.class::isInstance)
        .map(RunEvent.class::cast)
        .filter(event -> event.run().equals(run))
        .toList();
  }

  <T extends RunEvent> List<T> events(String run, Class<T> type) {
    return events(run).stream().filter(type::isInstance).map(type::cast).toList();
  }
}
