package dev.sluice.web;

import dev.sluice.event.RunEvent;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this process, as their messages tell of them, in the order of their starts. Used on
 * the server's event loop only.
 */
final class RunDirectory {
  /** When there are more, the oldest that have ended are forgotten. */
  private static final int RUNS_KEPT = 32;

  private final Map<String, RunView> runs = new LinkedHashMap<>();
  private final WebOptions.Live limits;

  RunDirectory(WebOptions.Live limits) {
    this.limits = limits;
  }

  void event(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      runs.remove(event.run());
      forgetOldest();
      runs.put(event.run(), new RunView(started.info(), limits));
    }
    RunView run = runs.get(event.run());
    if (run != null) {
      run.event(event);
    }
  }

  void report(StepReport report) {
    RunView run = runs.get(report.run());
    if (run != null) {
      run.report(report);
    }
  }

  void snapshot(Snapshot snapshot) {
    RunView run = runs.get(snapshot.run());
    if (run != null) {
      run.snapshot(snapshot);
    }
  }

  @Nullable RunView find(String run) {
    return runs.get(run);
  }

  Collection<RunView> runs() {
    return runs.values();
  }

  List<String> names() {
    return List.copyOf(runs.keySet());
  }

  private void forgetOldest() {
    if (runs.size() < RUNS_KEPT) {
      return;
    }
    runs.values().stream()
        .filter(RunView::hasEnded)
        .findFirst()
        .ifPresent(oldest -> runs.remove(oldest.info().run()));
  }
}
