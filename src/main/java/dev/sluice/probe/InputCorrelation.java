package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.data.Dictionary;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the augmentation alone leaves correlated: the sparse signals read out through the dictionary
 * M and the dense noise read out through its complement, between the two views. Depends on the
 * inputs only, so it is computed once for each making of the views and then reported again.
 *
 * <p>The plain inner product would be 0 under complementary masks for signal and noise alike; only
 * the read-out tells them apart. With keep = 1/2 the dense one is the overlap o and the sparse one
 * (1 + (2o - 1) q) / (1 + q), q = (d + 2) / (d1 + 2), in expectation.
 */
final class InputCorrelation implements LayerProbe {
  private static final MetricSpec CORRELATION =
      MetricSpec.gauge(
          "input_pair_correlation",
          "ratio",
          "Correlation between the two views' inputs of the signals read through the dictionary"
              + " (sparse) and of the noise read through its complement (dense), -1 to 1; masks"
              + " keep the first and remove the second.",
          Source.DECOUPLING,
          Label.OF_SIGNAL);

  private @Nullable Evaluation measured;
  private long measuredViews;
  private double sparse;
  private double dense;

  @Override
  public String name() {
    return "input-correlation";
  }

  @Override
  public List<Series> series() {
    return List.of(CORRELATION.with(Label.SPARSE), CORRELATION.with(Label.DENSE));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUND_TRUTH);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return Set.of();
  }

  /**
   * Nothing a measurement: its 12 n d1 d are paid once for each position of the augmentation knobs,
   * which no cadence can stretch.
   */
  @Override
  public double flops(ProbeShape shape) {
    return 0;
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    if (measured != evaluation || measuredViews != evaluation.viewsVersion()) {
      compute(evaluation);
      measured = evaluation;
      measuredViews = evaluation.viewsVersion();
    }
    readings.set(0, sparse);
    readings.set(1, dense);
  }

  private void compute(LayerEvaluation evaluation) {
    Dictionary dictionary = evaluation.dictionary();
    int n = evaluation.samples();
    double[] signal0 = evaluation.signal0();
    double[] signal1 = evaluation.signal1();
    sparse =
        Statistics.pooledCorrelation(
            readOut(signal0, n, dictionary),
            readOut(signal1, n, dictionary),
            n,
            dictionary.features());
    dense =
        Statistics.pooledCorrelation(
            complement(evaluation.view0(), signal0, n, dictionary),
            complement(evaluation.view1(), signal1, n, dictionary),
            n,
            dictionary.inputs());
  }

  /** M'x of each row, n x d. */
  private static double[] readOut(double[] rows, int n, Dictionary dictionary) {
    int inputs = dictionary.inputs();
    int features = dictionary.features();
    double[] entries = dictionary.copyOfEntries();
    double[] projected = new double[n * features];
    for (int p = 0; p < n; p++) {
      for (int i = 0; i < inputs; i++) {
        double value = rows[p * inputs + i];
        if (value != 0) {
          Statistics.addScaled(value, entries, i * features, projected, p * features, features);
        }
      }
    }
    return projected;
  }

  /** e - M M'e of each row of e = view - signal, n x d1. */
  private static double[] complement(double[] view, double[] signal, int n, Dictionary dictionary) {
    int inputs = dictionary.inputs();
    int features = dictionary.features();
    double[] entries = dictionary.copyOfEntries();
    double[] noise = new double[view.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = view[i] - signal[i];
    }
    double[] projected = readOut(noise, n, dictionary);
    for (int p = 0; p < n; p++) {
      for (int i = 0; i < inputs; i++) {
        noise[p * inputs + i] -=
            Statistics.dot(entries, i * features, projected, p * features, features);
      }
    }
    return noise;
  }
}
