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
    return new AboveLimit(
        "share of dead neurons",
        dead >= 0 && alive >= 0,
        report -> share(report.value(dead), report.value(alive)),
        0.5,
        0.4);
  }

  /** Every neuron is either dead or alive; those that always fire are among the living. */
  private static double share(double dead, double alive) {
    double neurons = dead + alive;
    // also where one of them was not measured
    return neurons > 0 ? dead / neurons : StepReport.ABSENT;
  }
}
