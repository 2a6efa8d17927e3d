package dev.sluice.probe;

import java.util.Set;

/**
 * A probe of the fixed evaluation batch, taken every so many steps.
 *
 * @param <E> what it looks at
 */
public interface EvaluationProbe<E extends Evaluation> extends Probe {

  /** A run whose evaluation is not of this kind does not have the probe's series. */
  Class<E> sees();

  void measure(E evaluation, Readings readings);

  /** What it asks the evaluation for beside its own work. */
  Set<EvaluationProduct> products();

  /** Steps between two measurements before the budget stretches it. */
  default int basePeriod() {
    return 50;
  }
}
