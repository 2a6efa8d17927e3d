package dev.sluice;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import dev.sluice.verticle.RunWatcher;
import org.jspecify.annotations.Nullable;

/** Acts on the first collapse of a run. */
final class CollapseWatch implements RunWatcher {
  private final Runnable onCollapse;
  private volatile RunEvent.@Nullable CollapseChanged first;

  CollapseWatch(Runnable onCollapse) {
    this.onCollapse = onCollapse;
  }

  /** The first collapse that was reported, or null. */
  RunEvent.@Nullable CollapseChanged first() {
    return first;
  }

  @Override
  public void report(StepReport report) {}

  @Override
  public void event(RunEvent event) {
    if (first == null
        && event instanceof RunEvent.CollapseChanged change
        && change.severity() == RunEvent.CollapseChanged.Severity.CRITICAL) {
      first = change;
      onCollapse.run();
    }
  }
}
