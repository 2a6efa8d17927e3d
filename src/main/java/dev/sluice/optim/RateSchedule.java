package dev.sluice.optim;

/** A learning rate over time. What it starts at may be moved while it runs; the shape stays. */
public interface RateSchedule {

  /**
   * @param step from 0
   * @param start the rate at step 0
   */
  double at(long step, double start);
}
