package dev.sluice.train;

/** Monotonic time in nanoseconds, given to the trainer so that the numerics know no clock. */
@FunctionalInterface
public interface Ticker {
  long nanos();
}
