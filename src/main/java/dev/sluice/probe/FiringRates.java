package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How often each neuron fires (|a| above its threshold) on the un-augmented evaluation samples, and
 * how many never or always do. Dead on these samples: a neuron that fires once in a thousand looks
 * dead on 256.
 */
final class FiringRates implements LayerProbe {
  private static final MetricSpec RATE =
      MetricSpec.gauge(
          "neuron_activation_ratio",
          "ratio",
          "Share of the evaluation samples to which a neuron responds, 0 to 1: mean, extremes and"
              + " percentiles over neurons.",
          Source.WEN_LI,
          Label.OF_LAYER_AND_STAT);

  private static final MetricSpec RATE_BIN =
      MetricSpec.gauge(
          "neuron_activation_bin",
          "ratio",
          "Share of neurons whose share of samples responded to lies in a bin, named by its upper"
              + " edge and not cumulative, 0 to 1; the ten sum to 1, low bins are sparse firing; dead"
              + " neurons are in the first, always-on ones in the last.",
          Source.WEN_LI,
          List.of(Bins.BIN, Label.LAYER));

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
    List<Series> series = new ArrayList<>();
    for (String stat : STATS) {
      series.add(RATE.with(Label.ENCODER, stat));
    }
    series.add(NEURONS.with(Label.ENCODER, "alive"));
    series.add(NEURONS.with(Label.ENCODER, "dead"));
    series.add(NEURONS.with(Label.ENCODER, "always_on"));
    series.addAll(Bins.of(RATE_BIN, Label.ENCODER));
    return List.copyOf(series);
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.ANCHORS);
  }

  /** A comparison and a count, 3 n m, sorting the neurons, and their bins. */
  @Override
  public double flops(ProbeShape shape) {
    return (3.0 * shape.evaluation() + 10 + 2 * Bins.COUNT) * shape.neurons();
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
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
    Bins.measure(rates, readings, STATS.length + 3);
  }

  private static double[] rates(LayerEvaluation evaluation) {
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
