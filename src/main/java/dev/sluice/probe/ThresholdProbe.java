package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/** The thresholds of a layer of soft-threshold neurons, and where their schedule stands. */
final class ThresholdProbe implements StepProbe {
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
    return "thresholds";
  }

  @Override
  public List<Series> series() {
    return List.of(THRESHOLD_RATIO.with(Label.ENCODER, "mean"), STAGE.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** A ratio a neuron, of norms that are there. */
  @Override
  public double flops(ProbeShape shape) {
    return shape.neurons();
  }

  @Override
  public void measure(StepObservation step, Readings readings) {
    readings.set(0, thresholdRatio(step));
    readings.set(1, step.stage);
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
