package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;

/**
 * Somebody who looks at a run: every complete report in the order of the steps, and every event at
 * its place between them. Called on an event loop, so it must not wait or compute for long.
 */
public interface RunWatcher {
  void report(StepReport report);

  void event(RunEvent event);
}
