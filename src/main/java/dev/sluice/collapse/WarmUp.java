package dev.sluice.collapse;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;

/**
 * Tells how far a run has settled.
 *
 * <p>The run warms up until it has made {@code warmUpSteps} steps and its threshold schedule has
 * reached {@code armingStage}: the start of the thresholds is a shock that a healthy run recovers
 * from, and before it the loss may overshoot its chance level.
 *
 * <p>When a knob moves, the maxima restart and {@code warmUpSteps} further steps are SETTLING. The
 * choice lies between crying wolf and blindness. A fall from a maximum of a few steps is noise, so
 * rules about maxima wait; but the maxima are followed from the very step of the move, so a net
 * that the move kills within the wait is reported at its end. Rules with a limit of their own (no
 * output, dead neurons, loss at chance, leak) never wait for a knob: they need no past.
 */
final class WarmUp {
  private final long steps;
  private final int armingStage;
  private final int stageSlot;
  private double stage;
  private boolean stageHeld;
  private boolean entersStage;
  private long origin = -1;

  WarmUp(ReportLayout layout, CollapseLimits limits) {
    steps = limits.warmUpSteps();
    armingStage = limits.armingStage();
    stageSlot = new Inputs(layout).slot("schedule_stage");
    if (armingStage > 0 && stageSlot < 0) {
      throw new IllegalArgumentException(
          "detectors that wait for stage "
              + armingStage
              + " need the series sluice_schedule_stage in the run's layout");
    }
  }

  /** Maxima restart with the next report. */
  void restart() {
    origin = -1;
  }

  Phase accept(StepReport report) {
    if (origin < 0) {
      origin = report.step();
    }
    boolean heldBefore = stageHeld;
    stageHeld = stage >= armingStage;
    entersStage = stageHeld && !heldBefore;
    if (report.isMeasured(stageSlot)) {
      stage = report.value(stageSlot);
    }
    if (stage < armingStage) {
      return Phase.STAGE_BEFORE;
    }
    if (report.step() + 1 < steps) {
      return Phase.WARM_UP;
    }
    return report.step() + 1 - origin < steps ? Phase.SETTLING : Phase.ARMED;
  }

  /**
   * Whether the last report was the first to measure under the stage that arms the detectors. The
   * report that names this stage first still measures its embedding under the one before.
   */
  boolean entersStage() {
    return entersStage;
  }

  /** Steps since the maxima restarted, the report's own step included. */
  long stepsSinceRestart(StepReport report) {
    return report.step() + 1 - origin;
  }
}
