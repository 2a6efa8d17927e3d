package dev.sluice.verticle;

/** When a run's next snapshot is due: after so many steps, and not before so much time. */
final class SnapshotRhythm {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final int period;
  private final long intervalNanos;
  private boolean any;
  private long lastStep;
  private long lastNanos;

  SnapshotRhythm(int period, long intervalMillis) {
    this.period = period;
    intervalNanos = intervalMillis * NANOS_PER_MILLI;
  }

  /** Whether one is to be taken after this step; the first step always has one. */
  boolean due(long step, long now) {
    if (any && (step - lastStep < period || now - lastNanos < intervalNanos)) {
      return false;
    }
    any = true;
    lastStep = step;
    lastNanos = now;
    return true;
  }
}
