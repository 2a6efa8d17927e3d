package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Stand-in for feature coverage where the features are not known: how many different things the
 * neurons that found something have found, per neuron. A neuron has found something when its
 * pre-activation's kurtosis lies three standard errors of a Gaussian's, sqrt(24 / n), above 0; two
 * of them found the same when the absolute cosine of their weights is at least 0.5 (first come,
 * first counted).
 */
final class CoverageEstimate implements LayerProbe {
  private static final MetricSpec COVERAGE =
      MetricSpec.gauge(
          "feature_coverage_estimate",
          "ratio",
          "Stand-in for feature coverage without a known dictionary, 0 to 1: different neurons"
              + " (absolute cosine under 0.5) among those with significant kurtosis, over all"
              + " neurons; higher is better.",
          Source.WEN_LI + ", stand-in of ours",
          List.of());

  private static final double SAME = 0.5;
  private static final double STANDARD_ERRORS = 3;

  @Override
  public String name() {
    return "coverage-estimate";
  }

  @Override
  public List<Series> series() {
    return List.of(COVERAGE.with());
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
  public int basePeriod() {
    return 250;
  }

  /** The kurtosis and at most the cosines of all pairs of neurons, m^2 d1. */
  @Override
  public double flops(ProbeShape shape) {
    double m = shape.neurons();
    return Kurtosis.flops(shape) + m * m * shape.inputs();
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    double[] kurtosis = Kurtosis.ofNeurons(evaluation);
    double[] weights = evaluation.weights();
    int inputs = evaluation.inputs();
    double least = STANDARD_ERRORS * Math.sqrt(24.0 / evaluation.samples());
    double[] unit = Statistics.unitRows(weights, kurtosis.length, inputs);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < kurtosis.length; i++) {
      if (kurtosis[i] > least && isNew(unit, i, found, inputs)) {
        found.add(i);
      }
    }
    readings.set(0, (double) found.size() / kurtosis.length);
  }

  private static boolean isNew(double[] unit, int neuron, List<Integer> found, int inputs) {
    for (int other : found) {
      double cosine = Statistics.dot(unit, neuron * inputs, unit, other * inputs, inputs);
      if (Math.abs(cosine) >= SAME) {
        return false;
      }
    }
    return true;
  }
}
