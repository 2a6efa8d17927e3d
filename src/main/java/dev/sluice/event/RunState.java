package dev.sluice.event;

import java.util.Locale;

/** Where a run stands in its life. */
public enum RunState {
  RUNNING,
  PAUSED,
  FINISHED,
  FAILED;

  /** Whether a run in this state makes no further step, ever. */
  public boolean isEnd() {
    return this == FINISHED || this == FAILED;
  }

  /** The value of the label {@code state}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
