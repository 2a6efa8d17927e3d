package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How sparsely a neuron speaks over samples, without any truth: 1 - (E|f|)^2 / E f^2 of its
 * responses to the anchors. A neuron that never fires is dead and not sparse: it is left out, and
 * where all are the value is 0.
 */
final class NeuronSparseness implements LayerProbe {
  private static final MetricSpec SPARSENESS =
      MetricSpec.gauge(
          "neuron_sparseness",
          "ratio",
          "Treves-Rolls sparseness of a neuron's responses over samples, mean over the neurons that"
              + " fire, 0 (always alike) to 1 (seldom and strongly).",
          "Treves and Rolls 1991; Vinje and Gallant 2000",
          Label.OF_LAYER);

  @Override
  public String name() {
    return "neuron-sparseness";
  }

  @Override
  public List<Series> series() {
    return List.of(SPARSENESS.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.ANCHORS);
  }

  /** Two sums, 4 n m. */
  @Override
  public double flops(ProbeShape shape) {
    return 4.0 * shape.evaluation() * shape.neurons();
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    double[] responses = evaluation.responses();
    int m = evaluation.neurons();
    double[] sums = new double[m];
    double[] squares = new double[m];
    for (int i = 0; i < responses.length; i++) {
      sums[i % m] += Math.abs(responses[i]);
      squares[i % m] += responses[i] * responses[i];
    }
    double total = 0;
    int firing = 0;
    for (int i = 0; i < m; i++) {
      if (squares[i] != 0) {
        total += 1 - sums[i] / squares[i] * (sums[i] / evaluation.samples());
        firing++;
      }
    }
    readings.set(0, firing == 0 ? 0 : total / firing);
  }
}
