package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Stand-in for the decoupling gauge where no dictionary is known: what a neuron says loudly is
 * taken for its sparse signal and what stays under its threshold for dense noise.
 *
 * <p>Sparse: correlation of the two views' responses over those samples where, in at least one
 * view, the neuron fires and its |a| lies above its own 95 % quantile (of both views together).
 * Dense: correlation of a 1(|a| <= b). Both centred neuron by neuron over their samples, sums
 * pooled over neurons. While all thresholds are 0 nothing lies under them, and the dense one is not
 * measured.
 */
final class SplitCorrelation implements LayerProbe {
  private static final MetricSpec CORRELATION =
      MetricSpec.gauge(
          "pair_correlation_split_estimate",
          "ratio",
          "Stand-in for pair_correlation without a known dictionary, -1 to 1: loud responses for"
              + " the sparse part, pre-activations under the threshold for the dense part; the"
              + " dense one is absent while thresholds are 0.",
          Source.WEN_LI + ", stand-in of ours",
          Label.OF_LAYER_AND_SIGNAL);

  private static final double LOUD = 0.95;

  @Override
  public String name() {
    return "split-correlation";
  }

  @Override
  public List<Series> series() {
    return List.of(
        CORRELATION.with(Label.ENCODER, Label.SPARSE),
        CORRELATION.with(Label.ENCODER, Label.DENSE));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.VIEWS);
  }

  /** Selecting among both views of each neuron, some 6 n comparisons, and the sums, 40 n. */
  @Override
  public double flops(ProbeShape shape) {
    return 46.0 * shape.evaluation() * shape.neurons();
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    double[] thresholds = evaluation.thresholds();
    double[] a0 =
        Statistics.transpose(
            evaluation.preactivations0(), evaluation.samples(), evaluation.neurons());
    double[] a1 =
        Statistics.transpose(
            evaluation.preactivations1(), evaluation.samples(), evaluation.neurons());
    Sums sparse = new Sums(evaluation.samples());
    Sums dense = new Sums(evaluation.samples());
    for (int i = 0; i < evaluation.neurons(); i++) {
      split(a0, a1, i * evaluation.samples(), thresholds[i], sparse, dense);
    }
    readings.set(0, sparse.correlation());
    if (anyPositive(thresholds)) {
      readings.set(1, dense.correlation());
    }
  }

  private static void split(
      double[] a0, double[] a1, int offset, double threshold, Sums sparse, Sums dense) {
    int n = sparse.capacity();
    double loud = Math.max(threshold, quantile(a0, a1, offset, n));
    for (int p = offset; p < offset + n; p++) {
      double size0 = Math.abs(a0[p]);
      double size1 = Math.abs(a1[p]);
      // both comparisons let NaN in, so that it shows
      if (!(Math.max(size0, size1) <= loud)) {
        sparse.add(shrink(a0[p], threshold), shrink(a1[p], threshold));
      }
      dense.add(size0 > threshold ? 0 : a0[p], size1 > threshold ? 0 : a1[p]);
    }
    sparse.close();
    dense.close();
  }

  private static double quantile(double[] a0, double[] a1, int offset, int n) {
    double[] sizes = new double[2 * n];
    for (int p = 0; p < n; p++) {
      sizes[p] = Math.abs(a0[offset + p]);
      sizes[n + p] = Math.abs(a1[offset + p]);
    }
    return Statistics.quantileOf(sizes, LOUD);
  }

  private static double shrink(double a, double threshold) {
    return a - Math.max(-threshold, Math.min(threshold, a));
  }

  private static boolean anyPositive(double[] thresholds) {
    for (double threshold : thresholds) {
      if (threshold > 0) {
        return true;
      }
    }
    return false;
  }

  /** Centred products of one neuron after another, pooled. */
  private static final class Sums {
    private final double[] first;
    private final double[] second;
    private int size;
    private double covariance;
    private double variance0;
    private double variance1;

    Sums(int capacity) {
      first = new double[capacity];
      second = new double[capacity];
    }

    int capacity() {
      return first.length;
    }

    void add(double value0, double value1) {
      first[size] = value0;
      second[size] = value1;
      size++;
    }

    /** Ends a neuron. */
    void close() {
      if (size > 0) {
        Statistics.centreColumns(first, size, 1);
        Statistics.centreColumns(second, size, 1);
        covariance += Statistics.dot(first, 0, second, 0, size);
        variance0 += Statistics.dot(first, 0, first, 0, size);
        variance1 += Statistics.dot(second, 0, second, 0, size);
      }
      size = 0;
    }

    double correlation() {
      return Statistics.correlation(covariance, variance0, variance1);
    }
  }
}
