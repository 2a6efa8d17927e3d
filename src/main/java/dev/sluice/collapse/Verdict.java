package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import dev.sluice.event.StepReport;
import java.util.List;

/** What has been said about one kind so far, and where it is written. */
final class Verdict {
  private final CollapseKind kind;
  private final int activeSlot;
  private final int warningSlot;
  private final int scoreSlot;
  private final int eventsSlot;
  private Severity severity = Severity.CLEAR;
  private long episodes;

  Verdict(CollapseKind kind, ReportLayout layout) {
    this.kind = kind;
    activeSlot = layout.slot(CollapseSeries.active(kind));
    warningSlot = layout.slot(CollapseSeries.warning(kind));
    scoreSlot = layout.slot(CollapseSeries.score(kind));
    eventsSlot = layout.slot(CollapseSeries.events(kind));
  }

  CollapseKind kind() {
    return kind;
  }

  boolean isCritical() {
    return severity == Severity.CRITICAL;
  }

  /** Takes over what the detector thinks, and says so where it changed its mind. */
  void follow(Detector detector, StepReport report, List<RunEvent> events) {
    Severity now = detector.severity();
    if (now != severity) {
      change(now, now == Severity.CLEAR ? "recovered" : detector.reason(), report, events);
    }
  }

  /** Ends an episode from outside. */
  void clear(String reason, StepReport report, List<RunEvent> events) {
    if (severity != Severity.CLEAR) {
      change(Severity.CLEAR, reason, report, events);
    }
  }

  private void change(Severity to, String reason, StepReport report, List<RunEvent> events) {
    severity = to;
    if (to == Severity.CRITICAL) {
      episodes++;
    }
    events.add(
        new RunEvent.CollapseChanged(
            report.run(), report.step(), report.timestampMillis(), kind, to, reason));
  }

  void write(double score, double[] values) {
    CollapseMonitor.set(values, activeSlot, severity == Severity.CRITICAL ? 1 : 0);
    CollapseMonitor.set(values, warningSlot, severity == Severity.CLEAR ? 0 : 1);
    CollapseMonitor.set(values, scoreSlot, score);
    CollapseMonitor.set(values, eventsSlot, (double) episodes);
  }
}
