package dev.sluice.probe;

import dev.sluice.compute.State;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the linear theory of methods without negatives predicts, to be drawn over what is measured:
 * where the predictor's eigenvalues come to rest, above which weight decay there is nothing to rest
 * at, and without a predictor how the embeddings shrink.
 */
public final class TheoryProbe implements StepProbe {
  private static final MetricSpec EIGENVALUE =
      MetricSpec.gauge(
          "theory_predictor_eigenvalue",
          "1",
          "Eigenvalue at which the linear theory has the predictor come to rest, at least 0; 0 above the decay threshold, where only"
              + " collapse is left.",
          Source.TIAN_DYNAMICS);

  private static final MetricSpec THRESHOLD =
      MetricSpec.gauge(
          "theory_decay_threshold",
          "1",
          "Weight decay above which the linear theory has everything collapse.",
          Source.TIAN_DYNAMICS);

  private static final MetricSpec NORM =
      MetricSpec.gauge(
          "theory_embedding_norm",
          "1",
          "Mean norm of the embeddings as the linear theory has it shrink without a predictor, from its value at the first"
              + " step.",
          Source.TIAN_DYNAMICS);

  private final double noiseVariance;
  private final boolean predictor;
  private final boolean stopGradient;
  private double norm = StepReport.ABSENT;

  /**
   * @param noiseVariance sigma^2 of a view
   * @param predictor whether there is one
   * @param stopGradient whether nothing is propagated into the targets
   */
  public TheoryProbe(double noiseVariance, boolean predictor, boolean stopGradient) {
    this.noiseVariance = noiseVariance;
    this.predictor = predictor;
    this.stopGradient = stopGradient;
  }

  @Override
  public String name() {
    return "theory";
  }

  @Override
  public List<Series> series() {
    List<Series> series = new ArrayList<>();
    if (predictor) {
      series.add(EIGENVALUE.with());
      series.add(THRESHOLD.with());
    } else {
      series.add(NORM.with());
    }
    return series;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public double flops(ProbeShape shape) {
    return 0;
  }

  @Override
  public void measure(StepObservation step, Readings readings) {
    if (predictor) {
      double rest = NonContrastiveTheory.fixedPoint(step.decay, noiseVariance, 1);
      readings.set(0, Double.isNaN(rest) ? 0 : rest);
      readings.set(1, NonContrastiveTheory.collapseThreshold(noiseVariance));
      return;
    }
    if (step.closing) {
      readings.set(0, norm);
      return;
    }
    double measured = step.anchorMoments.normSum / step.anchorMoments.samples;
    norm = StepReport.isAbsent(norm) ? measured : norm;
    readings.set(0, norm);
    // this step's update, which the next step's embeddings will show
    norm *=
        NonContrastiveTheory.normDecay(step.learningRate, noiseVariance, stopGradient, step.decay);
  }

  @Override
  public void save(String path, State state) {
    state.put(path + ".norm", norm);
  }

  @Override
  public void load(String path, State state) {
    norm = state.get(path + ".norm");
  }
}
