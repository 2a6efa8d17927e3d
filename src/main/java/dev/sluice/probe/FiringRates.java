package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How often each neuron fires (|a| above its threshold) on the un-augmented evaluation samples, and
 * how many never or always do. Dead on these samples: a neuron that fires once in a thousand looks
 * dead on 256.
 */
final class FiringRates implements EvaluationProbe {
  private static final MetricSpec RATE =
      MetricSpec.gauge(
          "neuron_activation_ratio",
          "ratio",
          "Share of the evaluation samples to which a neuron responds, 0 to 1: mean, extremes and"
              + " percentiles over neurons.",
          Source.WEN_LI,
          Label.OF_LAYER_AND_STAT);

  private static final MetricSpec NEURONS =
      MetricSpec.gauge(
          "neurons",
          "neurons",
          "Neurons that respond to no evaluation sample (dead), to some (alive) and to every one"
              + " (always_on; all of them while thresholds are 0).",
          Source.WEN_LI,
          List.of(Label.LAYER, "state"));

  private static final String[] STATS = {"mean", "min", "p05", "p25", "p50", "p75", "p95", "max"};
  private static final double[] SHARES = {Double.NaN, 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

  @Override
  public String name() {
    return "firing-rates";
  }

  @Override
  public List<Series> series() {
    Series[] series = new Series[STATS.length + 3];
    for (int i = 0; i < STATS.length; i++) {
      series[i] = RATE.with(Label.ENCODER, STATS[i]);
    }
    series[STATS.length] = NEURONS.with(Label.ENCODER, "alive");
    series[STATS.length + 1] = NEURONS.with(Label.ENCODER, "dead");
    series[STATS.length + 2] = NEURONS.with(Label.ENCODER, "always_on");
    return List.of(series);
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.ANCHORS);
  }

  /** A comparison and a count, 3 n m, and sorting the neurons. */
  @Override
  public double flops(ProbeShape shape) {
    return (3.0 * shape.evaluation() + 10) * shape.neurons();
  }

  @Override
  public void measure(Evaluation evaluation, Readings readings) {
    double[] rates = rates(evaluation);
    Arrays.sort(rates);
    readings.set(0, Statistics.mean(rates));
    for (int i = 1; i < STATS.length; i++) {
      readings.set(i, Statistics.quantile(rates, SHARES[i]));
    }
    int dead = 0;
    int always = 0;
    for (double rate : rates) {
      dead += rate == 0 ? 1 : 0;
      always += rate == 1 ? 1 : 0;
    }
    readings.set(STATS.length, rates.length - dead);
    readings.set(STATS.length + 1, dead);
    readings.set(STATS.length + 2, always);
  }

  private static double[] rates(Evaluation evaluation) {
    double[] a = evaluation.preactivations();
    double[] thresholds = evaluation.thresholds();
    int m = evaluation.neurons();
    double[] rates = new double[m];
    for (int i = 0; i < a.length; i++) {
      rates[i % m] += Math.abs(a[i]) > thresholds[i % m] ? 1 : 0;
    }
    for (int i = 0; i < m; i++) {
      rates[i] /= evaluation.samples();
    }
    return rates;
  }
}
