package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.util.function.LongConsumer;

/** A run's history as the stream sees it. One thread at a time; a call may wait for the disk. */
public interface ReportSink extends AutoCloseable {

  /**
   * Who is told the last step that is committed, again and again, from any thread. Said once,
   * before the first report.
   */
  void onCommitted(LongConsumer committed);

  /** Takes the run's reports in the order of their steps. */
  void append(StepReport report);

  /** Takes the run's events but for knob changes, which the {@link EventJournal} has already. */
  void append(RunEvent event);

  /** Commits what is left and closes; called once, after the event of the run's end. */
  @Override
  void close();
}
