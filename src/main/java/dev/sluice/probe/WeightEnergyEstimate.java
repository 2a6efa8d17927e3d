package dev.sluice.probe;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.LeadingSubspace;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Statistics;
import dev.sluice.data.AnchorSource;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stand-in for the weights' energy in the span of the features where these are not known: the mean
 * over neurons of the share of |w|^2 in the leading eigenspace of the cross-view covariance, which
 * under complementary masks is E[x x'] without its diagonal (what is private to a coordinate) and
 * has the span of the features as its leading eigenspace. That form is used whatever the views of
 * the run are, so the space is computed once, when this first measures, from the anchors of the
 * first training steps. Its dimension is the number of eigenvalues above the noise level, see
 * {@link LeadingSubspace}, at most 128.
 */
final class WeightEnergyEstimate implements LayerProbe {
  private static final MetricSpec ENERGY =
      MetricSpec.gauge(
          "weight_sparse_energy_estimate",
          "ratio",
          "Stand-in for weight_sparse_energy_ratio without a known dictionary, 0 to 1: share of the"
              + " squared weights in the leading eigenspace of the inputs' covariance without its"
              + " diagonal.",
          Source.WEN_LI + ", stand-in of ours",
          List.of());

  private static final int STEPS = 32;
  private static final int ROWS = 256;
  private static final int MOST = 128;

  private final AnchorSource source;
  private @Nullable LeadingSubspace space;

  WeightEnergyEstimate(AnchorSource source) {
    this.source = source;
  }

  @Override
  public String name() {
    return "weight-energy-estimate";
  }

  @Override
  public List<Series> series() {
    return List.of(ENERGY.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Set<EvaluationProduct> products() {
    return Set.of();
  }

  @Override
  public int basePeriod() {
    return 250;
  }

  /** Projections on at most min(128, d1) directions; the space itself is found once. */
  @Override
  public double flops(ProbeShape shape) {
    return 2.0 * shape.neurons() * shape.inputs() * Math.min(MOST, shape.inputs());
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    LeadingSubspace leading = space;
    if (leading == null) {
      leading = find(evaluation.backend(), source);
      space = leading;
    }
    double[] weights = evaluation.weights();
    int inputs = evaluation.inputs();
    double sum = 0;
    for (int row = 0; row < weights.length; row += inputs) {
      double square = Statistics.dot(weights, row, weights, row, inputs);
      sum += square == 0 ? 0 : leading.energy(weights, row) / square;
    }
    readings.set(0, sum / evaluation.neurons());
  }

  private static LeadingSubspace find(Backend backend, AnchorSource source) {
    int inputs = source.inputs();
    float[] rows = new float[ROWS * inputs];
    try (Matrix anchors = backend.allocate(ROWS, inputs);
        Matrix covariance = backend.allocate(inputs, inputs)) {
      for (long step = 0; step < STEPS; step++) {
        source.draw(step, 0, ROWS, rows, null, null);
        backend.upload(rows, 0, anchors, 0, ROWS);
        backend.gemm(Op.TRANSPOSE, Op.NONE, 1.0 / (STEPS * ROWS), anchors, anchors, 1, covariance);
      }
      double[] entries = backend.download(covariance);
      for (int i = 0; i < inputs; i++) {
        entries[i * inputs + i] = 0;
      }
      backend.upload(entries, covariance);
      return LeadingSubspace.of(backend, covariance, MOST);
    }
  }
}
