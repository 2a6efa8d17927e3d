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

  private long pairsNanos;
  private long historyNanos;
  private long pauseNanos;
  private Obstacle current = Obstacle.NONE;
  private long since;

  /** From now on it waits for this; the time since the last call goes to what it waited for. */
  void enter(Obstacle obstacle, long now) {
    long waited = now - since;
    switch (current) {
      case PAIRS -> pairsNanos += waited;
      case HISTORY -> historyNanos += waited;
      case PAUSE -> pauseNanos += waited;
      case PACE, NONE -> {}
    }
    current = obstacle;
    since = now;
  }

  /** For batches that were not there. */
  long pairsNanos() {
    return pairsNanos;
  }

  /** For a history that lagged behind by its window. */
  long historyNanos() {
    return historyNanos;
  }

  /** For somebody to resume. */
  long pauseNanos() {
    return pauseNanos;
  }
}
