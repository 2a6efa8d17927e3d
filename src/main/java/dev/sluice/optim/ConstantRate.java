package dev.sluice.optim;

/** A learning rate that stays. */
public record ConstantRate() implements RateSchedule {

  @Override
  public double at(long step, double start) {
    return start;
  }
}
