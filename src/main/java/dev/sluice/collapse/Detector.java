package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import dev.sluice.event.StepReport;

/**
 * Watches a run for one kind of collapse. A value that a report lacks is no evaluation: what runs
 * every 50 steps is judged every 50 steps.
 */
interface Detector {

  CollapseKind kind();

  /** Whether the run's layout holds what this kind is judged by. */
  boolean watches();

  /** Looks at the next report of the run. */
  void accept(StepReport report, Phase phase);

  /** What it thinks after the last report. */
  Severity severity();

  /**
   * How near its limit the kind stands: 1 at the limit, more beyond it, at most {@link Rule#WORST}.
   * {@link StepReport#ABSENT} before the first evaluation.
   */
  double score();

  /** One line, with the numbers that made up its mind. */
  String reason();

  /** Evaluations from here on are counted anew, because a knob moved. What is on stays on. */
  void restart();
}
