package dev.sluice.verticle;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import java.util.function.LongSupplier;

/** Measures the stream around the steps of a run and writes it into their reports. One thread. */
final class StepMeter {
  private static final double SECONDS = 1e-9;

  private final PipelineSlots slots;
  private final int pairsPerStep;
  private final Waits waits;
  private final ProducerIdle idle;
  private final LongSupplier wallMillis;
  private final StepTimes stepTimes = new StepTimes();

  private long augmentNanos;
  private long transferNanos;
  private long publishNanos;
  private long lastMillis = Long.MIN_VALUE;
  private long lastClockMillis = Long.MIN_VALUE;
  private long setBackMillis;

  StepMeter(
      ReportLayout layout,
      int pairsPerStep,
      Waits waits,
      ProducerIdle idle,
      LongSupplier wallMillis) {
    slots = PipelineSlots.of(layout);
    this.pairsPerStep = pairsPerStep;
    this.waits = waits;
    this.idle = idle;
    this.wallMillis = wallMillis;
  }

  StepTimes stepTimes() {
    return stepTimes;
  }

  /** Filling a batch took this long, on a producer's thread. */
  void filled(long nanos) {
    augmentNanos += nanos;
  }

  /** Asking for batches, taking them in and giving them back took the trainer this long. */
  void transferred(long nanos) {
    transferNanos += nanos;
  }

  /** Making and sending what a step says took the trainer this long. */
  void published(long nanos) {
    publishNanos += nanos;
  }

  /**
   * The wall clock, but never before a time told before, and later where that can be. Where steps
   * come faster than one a millisecond that would run away from the clock: a second ahead of it,
   * steps begin to share their times. A clock that was set back is caught up with, a millisecond a
   * step, and not waited for.
   */
  long nextMillis() {
    long now = wallMillis.getAsLong();
    if (lastMillis < now) {
      lastMillis = now;
      setBackMillis = 0;
    } else {
      setBackMillis += Math.max(0, lastClockMillis - now);
      if (lastMillis - now < StepReport.MOST_AHEAD_MILLIS + setBackMillis) {
        lastMillis++;
      }
    }
    lastClockMillis = now;
    return lastMillis;
  }

  void write(long step, long stepNanos, int queued, boolean paced, double[] values) {
    stepTimes.add(stepNanos);
    long made = step + 1;
    PipelineSlots.put(values, slots.steps(), (double) made);
    PipelineSlots.put(values, slots.pairs(), (double) made * pairsPerStep);
    PipelineSlots.put(values, slots.stepSeconds(), stepNanos * SECONDS);
    PipelineSlots.put(values, slots.augment(), augmentNanos * SECONDS);
    PipelineSlots.put(values, slots.transfer(), transferNanos * SECONDS);
    PipelineSlots.put(values, slots.publish(), publishNanos * SECONDS);
    PipelineSlots.put(values, slots.waitTrainer(), waits.pairsNanos() * SECONDS);
    PipelineSlots.put(values, slots.waitHistory(), waits.historyNanos() * SECONDS);
    PipelineSlots.put(values, slots.waitProducer(), idle.nanos() * SECONDS);
    PipelineSlots.put(values, slots.queuedPairs(), queued);
    PipelineSlots.put(values, slots.paced(), paced ? 1 : 0);
  }
}
