package dev.sluice.verticle;

import dev.sluice.event.RunInfo;
import io.vertx.core.Future;

/** A run that was started. */
public interface RunHandle {
  RunInfo info();

  /** Completes when the run has ended and everything it used is closed; does not fail. */
  Future<RunOutcome> done();
}
