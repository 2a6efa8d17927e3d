package dev.sluice.optim;

/**
 * A learning rate that falls on a line from {@code start} at step 0 to {@code end} at the horizon
 * and stays there.
 *
 * @param endRatio rate at the horizon over rate at step 0, in [0, 1] for a decay
 * @param horizon in steps
 */
public record LinearDecay(double endRatio, long horizon) implements RateSchedule {

  public LinearDecay {
    if (horizon <= 0) {
      throw new IllegalArgumentException("horizon must be positive: " + horizon);
    }
    if (!(endRatio >= 0)) {
      throw new IllegalArgumentException(
          "end of the learning rate must not be negative: " + endRatio);
    }
  }

  @Override
  public double at(long step, double start) {
    double progress = Math.min(1.0, (double) step / horizon);
    return start * (1 + (endRatio - 1) * progress);
  }
}
