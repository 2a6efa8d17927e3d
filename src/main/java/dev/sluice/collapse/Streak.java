package dev.sluice.collapse;

/**
 * Hysteresis in time: on after so many bad evaluations in a row, off after so many good ones in a
 * row. What is neither (between the two limits) ends both rows and changes nothing.
 */
final class Streak {
  /** Evaluations in a row that begin and end an episode, unless a rule says otherwise. */
  static final int EVALUATIONS = 3;

  private final int toBegin;
  private int bad;
  private int good;
  private boolean on;

  Streak() {
    this(EVALUATIONS);
  }

  Streak(int toBegin) {
    this.toBegin = toBegin;
  }

  /**
   * @param mayBegin whether an episode may begin now; if not, the count goes on
   */
  void accept(boolean isBad, boolean isGood, boolean mayBegin) {
    bad = isBad ? Math.min(bad + 1, toBegin) : 0;
    good = isGood ? Math.min(good + 1, EVALUATIONS) : 0;
    if (bad == toBegin && mayBegin) {
      on = true;
    }
    if (good == EVALUATIONS) {
      on = false;
    }
  }

  boolean isOn() {
    return on;
  }

  /** Counts anew; stays on or off. */
  void restart() {
    bad = 0;
    good = 0;
  }

  /** Counts anew and is off. */
  void reset() {
    restart();
    on = false;
  }
}
