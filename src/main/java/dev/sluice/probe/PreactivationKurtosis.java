package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How far the pre-activations are from Gaussian: a neuron that reads one sparse feature has heavy
 * tails, one that mixes dense noise has none. Needs no truth.
 */
final class PreactivationKurtosis implements LayerProbe {
  private static final MetricSpec KURTOSIS =
      MetricSpec.gauge(
          "preactivation_kurtosis",
          "1",
          "Excess kurtosis of a neuron's pre-activation over un-augmented samples, mean over"
              + " neurons, at least -2; 0 is Gaussian, higher is a sparser code.",
          Source.WEN_LI,
          Label.OF_LAYER);

  @Override
  public String name() {
    return "preactivation-kurtosis";
  }

  @Override
  public List<Series> series() {
    return List.of(KURTOSIS.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.ANCHORS);
  }

  @Override
  public double flops(ProbeShape shape) {
    return Kurtosis.flops(shape);
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    readings.set(0, Statistics.mean(Kurtosis.ofNeurons(evaluation)));
  }
}
