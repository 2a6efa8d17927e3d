package dev.sluice.verticle;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long the pair streams of a run had nothing to do because nobody asked, without the time in
 * which the run was paused. Written by every producer, read by the trainer.
 */
final class ProducerIdle {
  private final LongAdder idleNanos = new LongAdder();
  private volatile long pausedNanos;

  /** Total of the run's pauses that have ended, said by the trainer. */
  void pausedNanos(long total) {
    pausedNanos = total;
  }

  long pausedNanos() {
    return pausedNanos;
  }

  void add(long nanos) {
    idleNanos.add(Math.max(0, nanos));
  }

  long nanos() {
    return idleNanos.sum();
  }
}
