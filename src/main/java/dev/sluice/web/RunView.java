package dev.sluice.web;

import dev.sluice.event.KnobValues;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One run as the web sees it. Used on the server's event loop only. */
final class RunView {
  /** Events that are kept; the page keeps as many. */
  static final int EVENTS_KEPT = 300;

  private final RunInfo info;
  private final List<String> quotedKeys;
  private final CurveMemory history;
  private final CurveMemory recent;
  private final Deque<RunEvent> events = new ArrayDeque<>();
  private final Map<Snapshot.Kind, Snapshot> snapshots = new EnumMap<>(Snapshot.Kind.class);
  private final Map<Snapshot.Kind, Long> snapshotNumbers = new EnumMap<>(Snapshot.Kind.class);
  private KnobValues knobs;
  private RunState state = RunState.RUNNING;
  private String reason = "";
  private long step = -1;
  private Progress progress;

  /**
   * How much has happened so far; two of them tell what is new between.
   *
   * @param run whose; a run that starts again under its name is another
   * @param step last reported, -1 before the first
   * @param events how many there were
   * @param states how often its state changed
   * @param snapshots how many there were
   */
  record Progress(RunView run, long step, long events, long states, long snapshots) {
    Progress withSnapshots(long number) {
      return new Progress(run, step, events, states, number);
    }
  }

  RunView(RunInfo info, WebOptions.Live limits) {
    this.info = info;
    knobs = info.knobs();
    quotedKeys =
        info.layout().series().stream().map(series -> RunJson.quoted(series.key())).toList();
    history = new CurveMemory(limits.historyPoints());
    recent = new CurveMemory(limits.framePoints());
    progress = new Progress(this, -1, 0, 0, 0);
  }

  void report(StepReport report) {
    if (report.layout() != info.layout() || report.step() <= step) {
      return; // not of this life of the run, or here already
    }
    step = report.step();
    history.add(report);
    recent.add(report);
    progress = new Progress(this, step, progress.events, progress.states, progress.snapshots);
  }

  void event(RunEvent event) {
    events.add(event);
    if (events.size() > EVENTS_KEPT) {
      events.remove();
    }
    long states = progress.states;
    if (event instanceof RunEvent.KnobChanged changed) {
      knobs = knobs.with(changed.knob(), changed.to());
    }
    if (event instanceof RunEvent.StateChanged changed) {
      state = changed.state();
      reason = changed.reason();
      states++;
    }
    progress = new Progress(this, step, progress.events + 1, states, progress.snapshots);
  }

  void snapshot(Snapshot snapshot) {
    long number = progress.snapshots + 1;
    snapshots.put(snapshot.kind(), snapshot);
    snapshotNumbers.put(snapshot.kind(), number);
    progress = new Progress(this, step, progress.events, progress.states, number);
  }

  RunInfo info() {
    return info;
  }

  /** The key of each slot's series as JSON writes it. */
  List<String> quotedKeys() {
    return quotedKeys;
  }

  RunState state() {
    return state;
  }

  boolean hasEnded() {
    return state == RunState.FINISHED || state == RunState.FAILED;
  }

  String reason() {
    return reason;
  }

  /** The last reported step, -1 before the first. */
  long step() {
    return step;
  }

  KnobValues knobs() {
    return knobs;
  }

  Progress progress() {
    return progress;
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }

  /** Events since there were {@code seen}, as far as they are kept. */
  List<RunEvent> eventsSince(long seen) {
    List<RunEvent> kept = new ArrayList<>(events);
    long news = Math.min(kept.size(), progress.events - seen);
    return kept.subList((int) (kept.size() - news), kept.size());
  }

  /** The newest snapshot of each kind, of those that came since there were {@code seen}. */
  List<Snapshot> snapshotsSince(long seen) {
    return snapshots.values().stream()
        .filter(snapshot -> snapshotNumbers.getOrDefault(snapshot.kind(), 0L) > seen)
        .toList();
  }

  /** The curves after a step, as coarse as they are kept. */
  List<CurveBucket> curvesAfter(long seen) {
    return history.after(seen);
  }

  /** The curves since the last {@link #endFrame}. */
  List<CurveBucket> recentCurves() {
    return recent.after(-1);
  }

  void endFrame() {
    recent.clear();
  }
}
