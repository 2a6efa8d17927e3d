package dev.sluice.bench;

import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.compute.Backend;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.StepReport;
import dev.sluice.recipe.Experiment;
import dev.sluice.train.Learner;
import dev.sluice.train.StepTrainer;
import java.util.ArrayList;
import java.util.List;

/** The training step of a system alone: batches ready in memory, no probes, no bus. */
final class SystemStep implements Workload {
  /** A few, so that no step finds its batch in the caches because it is the only one. */
  private static final int BATCHES = 8;

  private final Experiment experiment;
  private final Learner learner;
  private final KnobValues knobs;
  private final double temperature;
  private final List<PairBatch> batches = new ArrayList<>();
  private int next;
  private double loss;

  SystemStep(Experiment experiment, Backend backend) {
    this.experiment = experiment;
    learner = ((StepTrainer) experiment.trainer()).learner();
    knobs = experiment.knobs();
    temperature = knobs.get(Knob.TEMPERATURE, StepReport.ABSENT);
    PairSource source = experiment.pairs().create();
    for (int i = 0; i < BATCHES; i++) {
      PairBatch batch = new PairBatch(backend, experiment.shape());
      source.fill(i, experiment.views(), batch);
      batches.add(batch);
    }
  }

  @Override
  public void step() {
    PairBatch batch = batches.get(next);
    next = (next + 1) % BATCHES;
    learner.forward(batch);
    loss = learner.contrast(temperature).loss();
    learner.backward();
    learner.update(knobs.get(Knob.LEARNING_RATE), knobs.get(Knob.DECAY), knobs);
  }

  @Override
  public void check() {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("the loss came to " + loss);
    }
  }

  @Override
  public void close() {
    experiment.trainer().close();
    batches.forEach(PairBatch::close);
  }
}
