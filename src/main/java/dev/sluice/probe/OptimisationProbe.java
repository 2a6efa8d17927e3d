package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/** The update: its gradient, the weights it leaves, the thresholds and the schedules. */
final class OptimisationProbe implements StepProbe {
  private static final MetricSpec GRADIENT_NORM =
      MetricSpec.gauge(
          "gradient_norm",
          "1",
          "Frobenius norm of the loss gradient with respect to the weights, without the decay"
              + " term, at least 0.",
          Source.DEFINITION,
          Label.OF_LAYER);

  private static final MetricSpec WEIGHT_NORM =
      MetricSpec.gauge(
          "weight_norm",
          "1",
          "Mean over neurons of the Euclidean norm of their weights (w_norm_mean), after the"
              + " update, at least 0; falling to 0 is collapse by decay.",
          Source.WEN_LI,
          Label.OF_LAYER);

  private static final MetricSpec WEIGHT_NORM_MAX =
      MetricSpec.gauge(
          "weight_norm_max",
          "1",
          "Largest norm of a neuron's weights after the update, at least 0; growth without end is"
              + " divergence.",
          Source.WEN_LI,
          Label.OF_LAYER);

  private static final MetricSpec UPDATE_RATIO =
      MetricSpec.gauge(
          "update_ratio",
          "ratio",
          "Learning rate times gradient norm over the Frobenius norm of the weights, without the"
              + " decay term, at least 0; 0 for weights of 0.",
          Source.DEFINITION,
          Label.OF_LAYER);

  private static final MetricSpec LEARNING_RATE =
      MetricSpec.gauge(
          "learning_rate", "1", "Learning rate of this step, at least 0.", Source.DEFINITION);

  private static final MetricSpec TEMPERATURE =
      MetricSpec.gauge(
          "temperature", "1", "Temperature of the softmax of this step, above 0.", Source.INFO_NCE);

  private static final MetricSpec THRESHOLD_RATIO =
      MetricSpec.gauge(
          "threshold_ratio",
          "ratio",
          "Threshold over weight norm (b over |w|), mean over the neurons whose weights are not 0,"
              + " at least 0; 0 in stage I, held under the cap afterwards.",
          Source.WEN_LI,
          Label.OF_LAYER_AND_STAT);

  private static final MetricSpec STAGE =
      MetricSpec.gauge(
          "schedule_stage",
          "1",
          "Stage of the threshold schedule: 1 while thresholds are 0, 2 from then on; 0 where there is no schedule.",
          Source.WEN_LI);

  @Override
  public String name() {
    return "optimisation";
  }

  @Override
  public List<Series> series() {
    return List.of(
        GRADIENT_NORM.with(Label.ENCODER),
        WEIGHT_NORM.with(Label.ENCODER),
        WEIGHT_NORM_MAX.with(Label.ENCODER),
        UPDATE_RATIO.with(Label.ENCODER),
        LEARNING_RATE.with(),
        TEMPERATURE.with(),
        THRESHOLD_RATIO.with(Label.ENCODER, "mean"),
        STAGE.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** The gradient's norm, 2 m d1; the thresholds need the weights' norms anyway. */
  @Override
  public double flops(ProbeShape shape) {
    return 2.0 * shape.neurons() * shape.inputs();
  }

  @Override
  public void measure(StepObservation step, Readings readings) {
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (double norm : step.rowNorms) {
      sum += norm;
      squares += norm * norm;
      largest = Math.max(largest, norm);
    }
    double update = step.learningRate * step.gradientNorm;
    readings.set(0, step.gradientNorm);
    readings.set(1, sum / step.neurons());
    readings.set(2, largest);
    readings.set(3, squares == 0 ? 0 : update / Math.sqrt(squares));
    readings.set(4, step.learningRate);
    readings.set(5, step.temperature);
    readings.set(6, thresholdRatio(step));
    readings.set(7, step.stage);
  }

  private static double thresholdRatio(StepObservation step) {
    double sum = 0;
    int neurons = 0;
    for (int i = 0; i < step.neurons(); i++) {
      if (step.rowNorms[i] != 0) {
        sum += step.thresholds[i] / step.rowNorms[i];
        neurons++;
      }
    }
    return neurons == 0 ? 0 : sum / neurons;
  }
}
