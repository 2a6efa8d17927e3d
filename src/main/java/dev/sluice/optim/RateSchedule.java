package dev.sluice.optim;

/** The shape of a learning rate over the steps; its height at step 0 may be moved. */
@FunctionalInterface
public interface RateSchedule {

  /**
   * @param step from 0
   * @param start rate at step 0
   */
  double at(long step, double start);
}
