package dev.sluice.verticle;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.collapse.CollapseLimits;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunInfo;
import dev.sluice.metrics.PipelineSeries;
import dev.sluice.recipe.Experiment;
import java.util.List;
import java.util.Map;

/** A run of fakes, and what to look at afterwards. */
final class FakeRun {
  static final MetricSpec FOUND = MetricSpec.gauge("fake_found", "count", "By detectors.", "-");

  static final BatchShape SHAPE = BatchShape.of(32, 4, 0, false);

  final String id;
  final FakeTrainer trainer = new FakeTrainer();
  final FakePairs pairs = new FakePairs();
  final FakeBackend memory = new FakeBackend();
  long lastStep = -1;
  double pace;
  boolean masked = true;

  FakeRun(String id) {
    this.id = id;
  }

  FakeRun lastStep(long step) {
    lastStep = step;
    return this;
  }

  FakeRun pace(double stepsPerSecond) {
    pace = stepsPerSecond;
    return this;
  }

  KnobValues knobs() {
    return new KnobValues(
        Map.of(
            Knob.OVERLAP, 0.0,
            Knob.KEEP, 0.5,
            Knob.LEARNING_RATE, 0.1,
            Knob.TEMPERATURE, 1.0,
            Knob.DECAY, 0.0,
            Knob.THRESHOLD_CAP, 1.0,
            Knob.PACE, pace,
            Knob.PROBE_BUDGET, 0.08));
  }

  ReportLayout layout() {
    return PipelineSeries.layout(trainer.series(), List.of(FOUND.with()));
  }

  RunRequest request() {
    return request(pairs);
  }

  RunRequest request(PairSource.Factory sources) {
    Views views = new Views(masked, 0, 0.5);
    Experiment experiment =
        new Experiment(
            trainer,
            sources,
            SHAPE,
            knobs(),
            views,
            1000,
            1000,
            new CollapseLimits(0, 0, 500, 4, 0),
            false,
            0,
            "none",
            "nothing",
            List.of());
    RunInfo info =
        new RunInfo(
            id, "fake", "fake", 1, 1000, lastStep, false, "fake", Map.of(), Map.of(), layout(),
            knobs(), 0, List.of(), "none", "nothing", 0);
    return RunRequest.of(info, experiment, memory.backend());
  }
}
