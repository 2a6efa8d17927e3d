package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps that were asked for and not made yet: the knobs each was asked with and, once it has
 * come, its batch. Batches come in any order and leave in the order of the steps. One thread.
 */
final class StepWindow {
  private final @Nullable PairBatch[] batches;
  private final KnobValues[] knobs;
  private long next;
  private long asked;
  private int ready;

  /**
   * @param firstStep the step to make first
   * @param credits how many steps may be asked for ahead
   */
  StepWindow(long firstStep, int credits, KnobValues knobs) {
    next = firstStep;
    asked = firstStep;
    batches = new @Nullable PairBatch[credits];
    this.knobs = new KnobValues[credits];
    Arrays.fill(this.knobs, knobs);
  }

  /** The step to make next. */
  long next() {
    return next;
  }

  /** The first step that was not asked for yet. */
  long asked() {
    return asked;
  }

  /** How many batches have come and wait for their step. */
  int ready() {
    return ready;
  }

  boolean mayAsk() {
    return asked - next < batches.length;
  }

  /** Notes that the step {@link #asked} is being asked for with these knobs. */
  void ask(KnobValues values) {
    knobs[slot(asked)] = values;
    asked++;
  }

  void arrived(PairBatch batch) {
    long step = batch.step();
    if (step < next || step >= asked || batches[slot(step)] != null) {
      throw new IllegalStateException(
          "given the batch of step "
              + step
              + ", waiting for some of "
              + next
              + " to "
              + (asked - 1));
    }
    batches[slot(step)] = batch;
    ready++;
  }

  boolean nextIsReady() {
    return batches[slot(next)] != null;
  }

  /** The knobs in force for the next step. */
  KnobValues knobs() {
    return knobs[slot(next)];
  }

  /** The batch of the next step. */
  PairBatch batch() {
    return Objects.requireNonNull(batches[slot(next)]);
  }

  /** The next step is made; gives its batch back to the caller and goes on to the one after. */
  PairBatch made() {
    PairBatch batch = batch();
    batches[slot(next)] = null;
    ready--;
    next++;
    return batch;
  }

  /** Takes any batch out that waits, in no order, or null when there is none. */
  @Nullable PairBatch drain() {
    for (int i = 0; i < batches.length; i++) {
      PairBatch batch = batches[i];
      if (batch != null) {
        batches[i] = null;
        ready--;
        return batch;
      }
    }
    return null;
  }

  /** Moves a knob that no batch depends on for the steps already asked for, too. */
  void moveAtOnce(Knob knob, double value) {
    for (int i = 0; i < knobs.length; i++) {
      knobs[i] = knobs[i].with(knob, value);
    }
  }

  private int slot(long step) {
    return (int) (step % batches.length);
  }
}
