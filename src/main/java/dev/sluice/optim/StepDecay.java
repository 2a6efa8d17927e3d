package dev.sluice.optim;

/**
 * A learning rate that falls once.
 *
 * @param factor rate after the fall over rate before, not negative
 * @param share of the horizon at which it falls, in [0, 1]
 * @param horizon in steps
 */
public record StepDecay(double factor, double share, long horizon) implements RateSchedule {

  public StepDecay {
    if (horizon <= 0) {
      throw new IllegalArgumentException("horizon must be positive: " + horizon);
    }
    if (!(factor >= 0)) {
      throw new IllegalArgumentException(
          "factor of the learning rate must not be negative: " + factor);
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share of the horizon must be in [0, 1]: " + share);
    }
  }

  @Override
  public double at(long step, double start) {
    return step < share * horizon ? start : factor * start;
  }
}
