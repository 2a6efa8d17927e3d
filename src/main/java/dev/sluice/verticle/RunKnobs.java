package dev.sluice.verticle;

import dev.sluice.augment.Views;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import org.jspecify.annotations.Nullable;

/** Where a run's knobs stand for the next step to be asked for, and the views they make. */
final class RunKnobs {
  private KnobValues values;
  private Views views;

  RunKnobs(KnobValues values, Views views) {
    this.values = values;
    this.views = views;
  }

  KnobValues values() {
    return values;
  }

  Views views() {
    return views;
  }

  /** Why a knob may not be moved there, in one line, or null when it may. */
  @Nullable String refusal(Knob knob, double value) {
    if (!knob.allows(value)) {
      return knob.key() + " must be in [" + knob.min() + ", " + knob.max() + "]: " + value;
    }
    if (!values.has(knob)) {
      return knob.key() + " cannot be moved: this run has no such knob";
    }
    if (!views.masked() && (knob == Knob.OVERLAP || knob == Knob.KEEP)) {
      return knob.key() + " cannot be moved to " + value + ": the views of this run have no masks";
    }
    return null;
  }

  void move(Knob knob, double value) {
    values = values.with(knob, value);
    views = views.at(values);
  }
}
