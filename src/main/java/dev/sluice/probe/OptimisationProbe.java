package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/** The update: its gradient, the weights it leaves and the learning rate. */
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
          "Mean over neurons (the rows of every weight matrix) of the Euclidean norm of their weights"
              + " (w_norm_mean), after the update, at least 0; falling to 0 is collapse by decay.",
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

  private static final MetricSpec WEIGHT_DECAY =
      MetricSpec.gauge(
          "weight_decay", "1", "L2 coefficient of this step, at least 0.", Source.DEFINITION);

  private static final MetricSpec TEMPERATURE =
      MetricSpec.gauge(
          "temperature", "1", "Temperature of the softmax of this step, above 0.", Source.INFO_NCE);

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
        WEIGHT_DECAY.with());
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
    readings.set(1, sum / step.rowNorms.length);
    readings.set(2, largest);
    readings.set(3, squares == 0 ? 0 : update / Math.sqrt(squares));
    readings.set(4, step.learningRate);
    readings.set(5, step.temperature);
    readings.set(6, step.decay);
  }
}
