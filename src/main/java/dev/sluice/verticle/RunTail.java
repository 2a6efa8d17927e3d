package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what a run's outcome will tell. Written on one thread, read once it has ended. */
final class RunTail implements RunWatcher {
  private final List<RunEvent.CollapseChanged> collapses = new ArrayList<>();
  private final Promise<Void> ended = Promise.promise();
  private @Nullable StepReport last;

  @Override
  public void report(StepReport report) {
    last = report;
  }

  @Override
  public void event(RunEvent event) {
    if (event instanceof RunEvent.CollapseChanged collapse) {
      collapses.add(collapse);
    }
    if (event instanceof RunEvent.StateChanged changed && changed.state().isEnd()) {
      ended.tryComplete();
    }
  }

  /** Completes when the event of the run's end, and so every report before it, has come by. */
  Future<Void> ended() {
    return ended.future();
  }

  @Nullable StepReport last() {
    return last;
  }

  List<RunEvent.CollapseChanged> collapses() {
    return List.copyOf(collapses);
  }
}
