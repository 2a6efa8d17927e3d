package dev.sluice.probe;

/** A probe of the fixed evaluation batch, taken every so many steps. */
public interface EvaluationProbe extends Probe {
  void measure(Evaluation evaluation, Readings readings);

  /** Steps between two measurements before the budget stretches it. */
  default int basePeriod() {
    return 50;
  }
}
