package dev.sluice.event;

/** Something that happened to a run, rarer than a step. */
public sealed interface RunEvent {
  String run();

  /** The step at whose boundary it happened. */
  long step();

  /** Milliseconds since the epoch. */
  long timestampMillis();

  /** The value of the label {@code event}, from a closed enumeration. */
  String label();

  /** What a person reads, one line. */
  String text();

  /** The run was set up and is about to make its first step. */
  record Started(RunInfo info) implements RunEvent {
    @Override
    public String run() {
      return info.run();
    }

    @Override
    public long step() {
      return 0;
    }

    @Override
    public long timestampMillis() {
      return info.startMillis();
    }

    @Override
    public String label() {
      return "started";
    }

    @Override
    public String text() {
      return "run started: " + info.recipe() + " / " + info.preset() + ", seed " + info.seed();
    }
  }

  /** A knob takes effect from {@code step} on. */
  record KnobChanged(String run, long step, long timestampMillis, Knob knob, double from, double to)
      implements RunEvent {
    @Override
    public String label() {
      return "knob_changed";
    }

    @Override
    public String text() {
      return knob.key() + " " + from + " -> " + to;
    }
  }

  /** The threshold schedule (or another schedule with stages) entered a stage. */
  record StageEntered(String run, long step, long timestampMillis, int stage) implements RunEvent {
    @Override
    public String label() {
      return "stage_entered";
    }

    @Override
    public String text() {
      return "stage " + stage + " begins";
    }
  }

  /** The detectors forgot their running maxima, because a knob moved. */
  record PeaksRestarted(String run, long step, long timestampMillis) implements RunEvent {
    @Override
    public String label() {
      return "peaks_restarted";
    }

    @Override
    public String text() {
      return "running maxima restarted after a knob change";
    }
  }

  /** A detector changed its mind. */
  record CollapseChanged(
      String run,
      long step,
      long timestampMillis,
      CollapseKind kind,
      Severity severity,
      String reason)
      implements RunEvent {

    /** How bad it is; {@code CLEAR} ends an episode. */
    public enum Severity {
      CLEAR,
      WARNING,
      CRITICAL
    }

    @Override
    public String label() {
      return switch (severity) {
        case CLEAR -> "collapse_cleared";
        case WARNING -> "collapse_warning";
        case CRITICAL -> "collapse_detected";
      };
    }

    @Override
    public String text() {
      return kind.label()
          + " "
          + severity.name().toLowerCase(java.util.Locale.ROOT)
          + ": "
          + reason;
    }
  }

  /** The run changed its state; {@code reason} is empty unless it failed. */
  record StateChanged(String run, long step, long timestampMillis, RunState state, String reason)
      implements RunEvent {
    @Override
    public String label() {
      return state.label();
    }

    @Override
    public String text() {
      return reason.isEmpty() ? "run " + state.label() : "run " + state.label() + ": " + reason;
    }
  }
}
