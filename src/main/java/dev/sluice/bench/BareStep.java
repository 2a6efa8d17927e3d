package dev.sluice.bench;

import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.loss.InfoNce;
import dev.sluice.loss.Negatives;
import dev.sluice.model.SoftThresholdEncoder;
import dev.sluice.optim.ThresholdSchedule;
import dev.sluice.optim.ThresholdSchedule.Growth;
import dev.sluice.train.Layer;
import java.util.Map;

/** The training step alone: no making of pairs, no probes, no bus. */
final class BareStep implements Workload {
  private static final double TEMPERATURE = 1;
  private static final double RATE = 0.05;
  private static final double DECAY = 0.001;
  private static final KnobValues KNOBS = new KnobValues(Map.of(Knob.THRESHOLD_CAP, 0.5));

  private final Batches batches;
  private final Layer layer;
  private double loss;

  BareStep(Backend backend, Size size) {
    batches = new Batches(backend, size);
    layer =
        new Layer(
            backend,
            new SoftThresholdEncoder(backend, size.inputs(), size.neurons(), 0.02, 1),
            new InfoNce(backend, Negatives.BATCH, size.pairs(), 0),
            new ThresholdSchedule(
                new ThresholdSchedule.Settings(
                    Growth.CAPPED, 10, 0.3, RATE / size.features(), 0, 1),
                size.neurons()),
            size.pairs(),
            0,
            0);
  }

  @Override
  public void step() {
    PairBatch batch = batches.next();
    layer.learner().forward(batch);
    loss = layer.learner().contrast(TEMPERATURE).loss();
    layer.learner().backward();
    layer.learner().update(RATE, DECAY, KNOBS);
  }

  @Override
  public void check() {
    if (!(loss > 0 && Double.isFinite(loss))) {
      throw new IllegalStateException("the loss came to " + loss);
    }
  }

  @Override
  public void close() {
    layer.learner().close();
    batches.close();
  }
}
