package dev.sluice.probe;

import dev.sluice.compute.State;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * The loss of the training batch before its update, without the decay term, beside its value at
 * chance, and what the softmax says of the positive. All fall out of the loss itself.
 */
final class LossProbe implements StepProbe {
  private static final List<String> PART = List.of("part");

  private static final MetricSpec LOSS =
      MetricSpec.gauge(
          "loss",
          "1",
          "Objective of the training batch before the update, without the decay term, in its own unit (InfoNCE: nats times"
              + " the temperature, at least 0 with negatives); lower is better, but says nothing about"
              + " collapse by itself.",
          Source.DEFINITION,
          PART);

  private static final MetricSpec SMOOTHED =
      MetricSpec.gauge(
          "loss_smoothed",
          "1",
          "Exponentially weighted mean of the loss over steps, 0.9 of the weight kept a step;"
              + " lower is better.",
          Source.DEFINITION,
          PART);

  private static final MetricSpec CHANCE =
      MetricSpec.gauge(
          "loss_chance",
          "1",
          "Loss of a representation that carries nothing, for InfoNCE temperature times log(negatives + 1);"
              + " absent where nothing is contrasted.",
          Source.INFO_NCE);

  private static final MetricSpec PROBABILITY =
      MetricSpec.gauge(
          "contrast_probability",
          "ratio",
          "Mean softmax probability of the positive, 0 to 1; 1 / (negatives + 1) when blind,"
              + " higher is better.",
          Source.INFO_NCE);

  private static final MetricSpec TOP1 =
      MetricSpec.gauge(
          "positive_top1_ratio",
          "ratio",
          "Share of anchors whose own positive is the most similar, 0 to 1, higher is better.",
          Source.INFO_NCE);

  private static final double KEEP = 0.9;

  private final Ewma smoothed = new Ewma(KEEP);

  @Override
  public String name() {
    return "loss";
  }

  @Override
  public List<Series> series() {
    return List.of(
        LOSS.with("total"), SMOOTHED.with("total"), CHANCE.with(), PROBABILITY.with(), TOP1.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Nothing: the loss knows it all. */
  @Override
  public double flops(ProbeShape shape) {
    return 0;
  }

  @Override
  public void measure(StepObservation step, Readings readings) {
    double loss = step.contrast.loss();
    readings.set(0, loss);
    readings.set(1, step.closing ? loss : smoothed.add(loss));
    if (!Double.isNaN(step.chanceLoss)) {
      readings.set(2, step.chanceLoss);
    }
    readings.set(3, step.contrast.probability());
    readings.set(4, step.contrast.top1());
  }

  @Override
  public void save(String path, State state) {
    smoothed.save(path + ".smoothed", state);
  }

  @Override
  public void load(String path, State state) {
    smoothed.load(path + ".smoothed", state);
  }
}
