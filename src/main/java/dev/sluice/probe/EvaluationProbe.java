package dev.sluice.probe;

import java.util.Set;

/** A probe of the fixed evaluation batch, taken every so many steps. */
public interface EvaluationProbe extends Probe {
  void measure(Evaluation evaluation, Readings readings);

  /** The products of W with the batch that it asks the evaluation for. */
  Set<EvaluationProduct> products();

  /** Steps between two measurements before the budget stretches it. */
  default int basePeriod() {
    return 50;
  }
}
