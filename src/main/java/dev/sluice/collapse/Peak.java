package dev.sluice.collapse;

import dev.sluice.event.StepReport;

/** The running maximum of one series since the last knob change. */
final class Peak {
  private final int slot;
  private double value = StepReport.ABSENT;
  private double max = StepReport.ABSENT;

  Peak(int slot) {
    this.slot = slot;
  }

  boolean isInLayout() {
    return slot >= 0;
  }

  void accept(StepReport report) {
    value = report.value(slot);
    if (isEvaluation() && (Double.isNaN(max) || value > max)) {
      max = value;
    }
  }

  /** Whether the last report held a finite value. */
  boolean isEvaluation() {
    return Inputs.isFinite(value);
  }

  /** The last report's value. */
  double value() {
    return value;
  }

  /** {@link StepReport#ABSENT} before the first finite value. */
  double max() {
    return max;
  }

  void restart() {
    max = StepReport.ABSENT;
  }
}
