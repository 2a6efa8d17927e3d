package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** A history in memory that commits when it is told to, or at once. */
final class FakeHistory implements ReportSink, EventJournal {
  final List<Object> rows = new CopyOnWriteArrayList<>();
  final List<RunEvent> journal = new CopyOnWriteArrayList<>();
  volatile boolean commitsAtOnce = true;
  volatile RuntimeException failure;
  volatile RuntimeException failureAtClose;
  volatile boolean closed;
  private LongConsumer committed = step -> {};

  void commitTo(long step) {
    committed.accept(step);
  }

  @Override
  public void onCommitted(LongConsumer listener) {
    committed = listener;
  }

  @Override
  public void append(StepReport report) {
    failWhenTold();
    rows.add(report);
    if (commitsAtOnce) {
      committed.accept(report.step());
    }
  }

  @Override
  public void append(RunEvent event) {
    failWhenTold();
    rows.add(event);
  }

  @Override
  public void commit(RunEvent event) {
    failWhenTold();
    journal.add(event);
  }

  @Override
  public void close() {
    closed = true;
    if (failureAtClose != null) {
      throw failureAtClose;
    }
  }

  private void failWhenTold() {
    if (failure != null) {
      throw failure;
    }
  }
}
