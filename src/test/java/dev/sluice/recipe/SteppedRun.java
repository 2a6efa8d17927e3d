package dev.sluice.recipe;

import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.event.ReportLayout;
import dev.sluice.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A trainer of a preset and its batches with nothing around them, which keeps what each step said.
 * Its clock counts how often it is asked, so that durations too are numbers of the run alone.
 */
final class SteppedRun implements AutoCloseable {
  private final Backend backend = new CpuBackend();
  private final List<double[]> reports = new ArrayList<>();
  private final Experiment experiment;
  private final ReportLayout layout;
  private final PairSource pairs;
  private final PairBatch batch;

  private <S extends Record> SteppedRun(Recipe<S> recipe, String preset, List<String> sets) {
    AtomicLong clock = new AtomicLong();
    experiment =
        recipe.open(Presets.settings(recipe, preset, sets), backend, clock::getAndIncrement);
    layout = new ReportLayout(experiment.trainer().series());
    pairs = experiment.pairs().create();
    batch = new PairBatch(backend, experiment.shape());
  }

  static SteppedRun of(Recipe<?> recipe, String preset, String... sets) {
    return new SteppedRun(recipe, preset, List.of(sets));
  }

  /** Trains on to {@code steps} steps. */
  SteppedRun to(long steps) {
    Trainer trainer = trainer();
    for (long step = trainer.nextStep(); step < steps; step++) {
      pairs.fill(step, experiment.views(), batch);
      double[] values = layout.emptyValues();
      trainer.step(batch, experiment.knobs(), values);
      reports.add(values);
    }
    return this;
  }

  /** The closing evaluation of every series. */
  double[] evaluate(int samples) {
    double[] values = layout.emptyValues();
    trainer().evaluate(samples, experiment.knobs(), values);
    return values;
  }

  /** What each step said since this run was opened. */
  List<double[]> reports() {
    return reports;
  }

  ReportLayout layout() {
    return layout;
  }

  Experiment experiment() {
    return experiment;
  }

  Trainer trainer() {
    return experiment.trainer();
  }

  /** Of the steps made, one after the other. */
  double[] series(String key) {
    int slot = layout.slot(key);
    if (slot < 0) {
      throw new AssertionError("the run has no series " + key);
    }
    return reports.stream().mapToDouble(values -> values[slot]).toArray();
  }

  @Override
  public void close() {
    batch.close();
    trainer().close();
    backend.close();
  }
}
