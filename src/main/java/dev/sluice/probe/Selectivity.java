package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a neuron fires for its own feature: mean over neurons of P(fires | z_j != 0) - P(fires |
 * z_j = 0), j the feature its weights are best aligned with, on un-augmented samples. A neuron
 * whose feature is in all samples or in none shows nothing and counts 0.
 */
final class Selectivity implements LayerProbe {
  private static final MetricSpec SELECTIVITY =
      MetricSpec.gauge(
          "neuron_selectivity",
          "ratio",
          "Firing rate of a neuron when its own feature is present less that when it is absent,"
              + " mean over neurons, -1 to 1, higher is better.",
          Source.WEN_LI,
          Label.OF_LAYER);

  @Override
  public String name() {
    return "selectivity";
  }

  @Override
  public List<Series> series() {
    return List.of(SELECTIVITY.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUND_TRUTH);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.ANCHORS, EvaluationProduct.PROJECTIONS);
  }

  /** Counting firings, 4 n m, and finding each neuron's feature, 2 m (d1 + d). */
  @Override
  public double flops(ProbeShape shape) {
    return (4.0 * shape.evaluation() + 2.0 * (shape.inputs() + shape.features())) * shape.neurons();
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    double[] cosines = Alignment.cosines(evaluation);
    double sum = 0;
    for (int i = 0; i < evaluation.neurons(); i++) {
      sum += selectivity(evaluation, i, Alignment.best(cosines, i, evaluation.features()));
    }
    readings.set(0, sum / evaluation.neurons());
  }

  private static double selectivity(LayerEvaluation evaluation, int neuron, int feature) {
    double[] latents = evaluation.latents();
    double[] a = evaluation.preactivations();
    double threshold = evaluation.thresholds()[neuron];
    int m = evaluation.neurons();
    double present = 0;
    double presentFired = 0;
    double absentFired = 0;
    for (int p = 0; p < evaluation.samples(); p++) {
      double fired = Math.abs(a[p * m + neuron]) > threshold ? 1 : 0;
      if (latents[p * evaluation.features() + feature] != 0) {
        present++;
        presentFired += fired;
      } else {
        absentFired += fired;
      }
    }
    double absent = evaluation.samples() - present;
    if (present == 0 || absent == 0) {
      return 0;
    }
    return presentFired / present - absentFired / absent;
  }
}
