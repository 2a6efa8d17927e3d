package dev.sluice.train;

import dev.sluice.probe.StepObservation;

/** NaN and infinite values seen so far, by where they were seen. */
final class Counts {
  long loss;
  long gradient;
  long activation;
  long weight;

  void add(StepObservation step) {
    loss += Double.isFinite(step.contrast.loss()) ? 0 : 1;
    gradient += Double.isFinite(step.gradientNorm) ? 0 : 1;
    activation += step.anchorMoments.nonFinite;
    for (double norm : step.rowNorms) {
      weight += Double.isFinite(norm) ? 0 : 1;
    }
  }
}
