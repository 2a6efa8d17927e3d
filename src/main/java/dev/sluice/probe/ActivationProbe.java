package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/** How sparse the responses to un-augmented anchors are. NaN where no row of them was finite. */
final class ActivationProbe implements StepProbe {
  private static final MetricSpec SPARSITY =
      MetricSpec.gauge(
          "activation_sparsity_ratio",
          "ratio",
          "Share of zero responses, over neurons and un-augmented samples, 0 to 1; about 0.88 once"
              + " thresholds stand, 1 is a dead layer.",
          Source.WEN_LI,
          Label.OF_LAYER);

  private static final MetricSpec ZERO_OUTPUT =
      MetricSpec.gauge(
          "zero_output_ratio",
          "ratio",
          "Share of un-augmented samples to which no neuron responds, 0 to 1; healthy near 0.",
          Source.WEN_LI,
          Label.OF_LAYER);

  @Override
  public String name() {
    return "activation";
  }

  @Override
  public List<Series> series() {
    return List.of(SPARSITY.with(Label.ENCODER), ZERO_OUTPUT.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Counting in the rows that the embedding moments read, B m. */
  @Override
  public double flops(ProbeShape shape) {
    return (double) shape.batch() * shape.neurons();
  }

  @Override
  public void measure(StepObservation step, Readings readings) {
    double samples = step.anchorMoments.samples;
    double entries = samples * step.neurons();
    readings.set(0, 1 - step.anchorMoments.activeEntries / entries);
    readings.set(1, step.anchorMoments.zeroRows / samples);
  }
}
