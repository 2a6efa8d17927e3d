package dev.sluice.event;

/**
 * A request to a run's trainer on {@link Addresses#control}. The reply is a Long: the first step
 * for which it holds. A refused request fails with the code 400 and one line that says what was
 * given and what is allowed.
 */
public sealed interface Control {

  /**
   * Move a knob; holds from the first step whose batch has not been asked for yet, the pace from
   * the next step on.
   */
  record MoveKnob(Knob knob, double value) implements Control {}

  /** Make no further step until resumed. */
  record Pause() implements Control {}

  record Resume() implements Control {}

  /** End the run as finished after the step at hand. */
  record Stop() implements Control {}
}
