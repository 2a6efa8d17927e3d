package dev.sluice.probe;

import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;
import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * The decoupling gauge at every step: the pooled correlation of {@link SignalCovariance} on the
 * first k samples of the training batch. Covariance and variances are each averaged over steps
 * (span 20) before their ratio is taken, because the ratio of a few samples is noise.
 */
final class CorrelationEstimateProbe implements StepProbe {
  private static final MetricSpec CORRELATION =
      MetricSpec.gauge(
          "pair_correlation_estimate",
          "ratio",
          "Correlation between the two views of the sparse and of the dense part of the responses,"
              + " -1 to 1, on some samples of every step, averaged over about 20 steps; dense near"
              + " 0 is decoupled, 1 without masks.",
          Source.DECOUPLING,
          Label.OF_LAYER_AND_SIGNAL);

  private static final double SPAN = 20;

  private final SignalCovariance covariance = new SignalCovariance();
  private final Average sparse = new Average();
  private final Average dense = new Average();

  /** Averages of a covariance and the variances of both sides. */
  private static final class Average implements Stateful {
    private final Ewma covariance = Ewma.ofSpan(SPAN);
    private final Ewma variance0 = Ewma.ofSpan(SPAN);
    private final Ewma variance1 = Ewma.ofSpan(SPAN);

    double correlation(double covariance, double variance0, double variance1) {
      if (!Double.isFinite(covariance + variance0 + variance1)) {
        return Double.NaN;
      }
      return Statistics.correlation(
          this.covariance.add(covariance),
          this.variance0.add(variance0),
          this.variance1.add(variance1));
    }

    @Override
    public void save(String path, State state) {
      covariance.save(path + ".covariance", state);
      variance0.save(path + ".variance0", state);
      variance1.save(path + ".variance1", state);
    }

    @Override
    public void load(String path, State state) {
      covariance.load(path + ".covariance", state);
      variance0.load(path + ".variance0", state);
      variance1.load(path + ".variance1", state);
    }
  }

  @Override
  public String name() {
    return "correlation-estimate";
  }

  @Override
  public List<Series> series() {
    return List.of(
        CORRELATION.with(Label.ENCODER, Label.SPARSE),
        CORRELATION.with(Label.ENCODER, Label.DENSE));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUND_TRUTH);
  }

  /** The products of W with the sparse parts of k samples' views; the views' own are the step's. */
  @Override
  public double flops(ProbeShape shape) {
    double k = shape.probeRows();
    return 4 * k * shape.inputs() * shape.neurons() + SignalCovariance.flops(k, shape.neurons());
  }

  @Override
  public void measure(StepObservation step, Readings readings) {
    if (step.estimateSamples == 0) {
      return;
    }
    covariance.measure(
        step.preactivations0,
        step.sparsePreactivations0,
        step.preactivations1,
        step.sparsePreactivations1,
        step.forwardThresholds,
        step.estimateSamples,
        step.neurons());
    readings.set(0, step.closing ? covariance.sparseCorrelation() : averagedSparse());
    readings.set(1, step.closing ? covariance.denseCorrelation() : averagedDense());
  }

  private double averagedSparse() {
    return sparse.correlation(
        covariance.sparse, covariance.sparseVariance0, covariance.sparseVariance1);
  }

  private double averagedDense() {
    return dense.correlation(
        covariance.dense, covariance.denseVariance0, covariance.denseVariance1);
  }

  @Override
  public void save(String path, State state) {
    sparse.save(path + ".sparse", state);
    dense.save(path + ".dense", state);
  }

  @Override
  public void load(String path, State state) {
    sparse.load(path + ".sparse", state);
    dense.load(path + ".dense", state);
  }
}
