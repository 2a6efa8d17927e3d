package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The decoupling gauge: how much of what the two views' responses share is sparse signal and how
 * much dense noise, from the exact split of {@link SignalCovariance}. Without augmentation the
 * dense correlation is exactly 1; under complementary masks it is near 0 from the first step on.
 */
final class Decomposition implements LayerProbe {
  private static final MetricSpec CORRELATION =
      MetricSpec.gauge(
          "pair_correlation",
          "ratio",
          "Correlation between the two views of the sparse and of the dense part of the responses,"
              + " pooled over neurons, -1 to 1; dense near 0 is decoupled, 1 without masks; 0 for"
              + " a dead layer.",
          Source.DECOUPLING,
          Label.OF_LAYER_AND_SIGNAL);

  private static final MetricSpec COVARIANCE =
      MetricSpec.gauge(
          "representation_covariance",
          "1",
          "Covariance between the views, summed over neurons, of the sparse parts, of the dense"
              + " parts and across them; the three sum to the centred positive similarity.",
          Source.DECOUPLING,
          Label.OF_SIGNAL);

  private static final MetricSpec SHARE =
      MetricSpec.gauge(
          "representation_share",
          "ratio",
          "Sparse and dense covariance as a share of the sum with the cross term, any real; not"
              + " measured while that sum is within 0.001 of the energy, where it means nothing.",
          Source.DECOUPLING,
          Label.OF_SIGNAL);

  private static final MetricSpec DENSE_ENERGY =
      MetricSpec.gauge(
          "representation_dense_energy_ratio",
          "ratio",
          "Share of the dense part in the variance of both parts, both views, 0 to 1; lower is"
              + " better, 0 for a dead layer.",
          Source.DECOUPLING);

  private static final double LEAST_SHARED = 1e-3;

  private final SignalCovariance covariance = new SignalCovariance();

  @Override
  public String name() {
    return "decomposition";
  }

  @Override
  public List<Series> series() {
    return List.of(
        CORRELATION.with(Label.ENCODER, Label.SPARSE),
        CORRELATION.with(Label.ENCODER, Label.DENSE),
        COVARIANCE.with(Label.SPARSE),
        COVARIANCE.with(Label.DENSE),
        COVARIANCE.with("cross"),
        DENSE_ENERGY.with(),
        SHARE.with(Label.SPARSE),
        SHARE.with(Label.DENSE));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUND_TRUTH);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.VIEWS, EvaluationProduct.SPARSE_VIEWS);
  }

  @Override
  public double flops(ProbeShape shape) {
    return SignalCovariance.flops(shape.evaluation(), shape.neurons());
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    covariance.measure(
        evaluation.preactivations0(),
        evaluation.sparsePreactivations0(),
        evaluation.preactivations1(),
        evaluation.sparsePreactivations1(),
        evaluation.thresholds(),
        evaluation.samples(),
        evaluation.neurons());
    readings.set(0, covariance.sparseCorrelation());
    readings.set(1, covariance.denseCorrelation());
    readings.set(2, covariance.sparse);
    readings.set(3, covariance.dense);
    readings.set(4, covariance.cross);
    double denseEnergy = covariance.denseVariance0 + covariance.denseVariance1;
    double energy = covariance.sparseVariance0 + covariance.sparseVariance1 + denseEnergy;
    readings.set(5, energy == 0 ? 0 : denseEnergy / energy);
    share(energy, readings);
  }

  private void share(double energy, Readings readings) {
    double shared = covariance.sparse + covariance.dense + covariance.cross;
    if (energy == 0) {
      readings.set(6, 0);
      readings.set(7, 0);
      return;
    }
    // written so that NaN is measured and not passed over
    if (!(Math.abs(shared) <= LEAST_SHARED * energy)) {
      readings.set(6, covariance.sparse / shared);
      readings.set(7, covariance.dense / shared);
    }
  }
}
