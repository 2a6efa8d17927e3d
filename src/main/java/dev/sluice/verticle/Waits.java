package dev.sluice.verticle;

/** What a trainer waits for between two steps, and how long it has in all. One thread. */
final class Waits {

  /** What stands in the way of the next step. */
  enum Obstacle {
    NONE,
    PAUSE,
    PACE,
    PAIRS,
    HISTORY
  }

  private final long[] nanos = new long[Obstacle.values().length];
  private Obstacle current = Obstacle.NONE;
  private long since;

  /** From now on it waits for this; the time since the last call goes to what it waited for. */
  void enter(Obstacle obstacle, long now) {
    nanos[current.ordinal()] += now - since;
    current = obstacle;
    since = now;
  }

  long nanos(Obstacle obstacle) {
    return nanos[obstacle.ordinal()];
  }
}
