package dev.sluice.history;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What waits to be written. */
sealed interface Entry {

  /** A row of the steps. */
  record Step(StepReport report) implements Entry {}

  /**
   * A row of the events.
   *
   * @param committed completed once the event is on disk, where somebody waits for that
   */
  record Happening(RunEvent event, @Nullable CompletableFuture<Void> committed) implements Entry {}
}
