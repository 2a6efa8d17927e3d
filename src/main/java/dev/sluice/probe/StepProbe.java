package dev.sluice.probe;

/** A probe of every step: reads what the step computed anyway. */
public interface StepProbe extends Probe {
  void measure(StepObservation step, Readings readings);
}
