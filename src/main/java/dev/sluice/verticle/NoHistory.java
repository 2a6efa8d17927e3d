package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.util.function.LongConsumer;

/**
 * The history of a run that keeps none. What it has seen counts as committed, so that its trainer
 * cannot run away from those who watch it either.
 */
final class NoHistory implements ReportSink {
  private final int period;
  private LongConsumer committed = step -> {};

  /**
   * @param window steps that the trainer may be ahead
   */
  NoHistory(int window) {
    period = Math.max(1, window / 4);
  }

  @Override
  public void onCommitted(LongConsumer committed) {
    this.committed = committed;
  }

  @Override
  public void append(StepReport report) {
    if (report.step() % period == 0) {
      committed.accept(report.step());
    }
  }

  @Override
  public void append(RunEvent event) {}

  @Override
  public void close() {}
}
