package dev.sluice.verticle;

/**
 * Keeps a run at a number of steps per second. Steps are due on a grid, so lateness of a timer does
 * not add up; a step that comes more than {@link #SLACK_NANOS} late moves the grid, so that nothing
 * is made up for in a burst.
 */
final class Pacer {
  /** As much lateness is made up for: many timer ticks, but less than an eye notices. */
  static final long SLACK_NANOS = 50_000_000;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long LONGEST_INTERVAL = 86_400_000_000_000L;

  private long intervalNanos;
  private long due;

  /**
   * @param rate steps per second; 0 means as fast as it goes
   */
  Pacer(double rate, long now) {
    restart(rate, now);
  }

  /** The next step is due at once, the others from there on. */
  void restart(double rate, long now) {
    intervalNanos = rate == 0 ? 0 : Math.min(LONGEST_INTERVAL, Math.round(NANOS_PER_SECOND / rate));
    due = now;
  }

  /** After a pause: the next step is due at once, and none of those missed. */
  void restart(long now) {
    due = now;
  }

  /** How long until the next step is due; 0 or less when it is. */
  long delayNanos(long now) {
    return intervalNanos == 0 ? 0 : due - now;
  }

  /** Says that a step begins. */
  void stepped(long now) {
    due = Math.max(due, now - SLACK_NANOS) + intervalNanos;
  }

  /** Whether the run keeps the pace, so is slower than it could be by choice. */
  boolean holds(long now) {
    return intervalNanos > 0 && due >= now - SLACK_NANOS;
  }
}
