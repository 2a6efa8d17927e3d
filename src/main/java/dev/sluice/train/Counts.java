package dev.sluice.train;

import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;
import dev.sluice.probe.StepObservation;

/** NaN and infinite values seen so far, by where they were seen. */
final class Counts implements Stateful {
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

  @Override
  public void save(String path, State state) {
    state.putCounts(path, loss, gradient, activation, weight);
  }

  @Override
  public void load(String path, State state) {
    long[] kept = state.getCounts(path, 4);
    loss = kept[0];
    gradient = kept[1];
    activation = kept[2];
    weight = kept[3];
  }
}
