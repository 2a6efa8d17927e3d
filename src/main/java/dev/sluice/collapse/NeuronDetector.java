package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.StepReport;
import java.util.List;

/**
 * Neurons die: they fire on no sample of the evaluation batch. Zeros as such are no fault here,
 * sparsity is what the learner is after.
 */
final class NeuronDetector extends RuleDetector {

  NeuronDetector(Inputs inputs) {
    super(CollapseKind.NEURON, List.of(deadShare(inputs)));
  }

  private static Rule deadShare(Inputs inputs) {
    int dead = inputs.slot("neurons", "state", "dead");
    int alive = inputs.slot("neurons", "state", "alive");
    int alwaysOn = inputs.slot("neurons", "state", "always_on");
    return new AboveLimit(
        "share of dead neurons",
        dead >= 0 && alive >= 0,
        report -> share(report, dead, alive, alwaysOn),
        0.5,
        0.4);
  }

  /** The states part the neurons among them: dead / (dead + alive + always on). */
  private static double share(StepReport report, int dead, int alive, int alwaysOn) {
    if (!report.isMeasured(dead) || !report.isMeasured(alive)) {
      return StepReport.ABSENT;
    }
    double others = report.value(alive);
    if (report.isMeasured(alwaysOn)) {
      others += report.value(alwaysOn);
    }
    double neurons = report.value(dead) + others;
    return neurons > 0 ? report.value(dead) / neurons : StepReport.ABSENT;
  }
}
