package dev.sluice;

import dev.sluice.collapse.CollapseMonitor;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.StepReport;
import dev.sluice.recipe.Experiment;
import dev.sluice.verticle.ReportFilter;
import java.util.List;

/** A run's collapse detectors in the place where the stream wants them. */
final class Detectors implements ReportFilter {
  private final CollapseMonitor monitor;

  Detectors(RunInfo info, Experiment experiment) {
    monitor = new CollapseMonitor(info.layout(), experiment.limits());
  }

  @Override
  public StepReport accept(StepReport measured, List<RunEvent> events) {
    return monitor.accept(measured, events);
  }

  @Override
  public void knobMoved(long step) {
    monitor.knobMoved(step);
  }
}
