package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.ContrastStatistics;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepProbeTest {
  private final RandomSystem system = new RandomSystem(1, 6, 8, 3, 2);

  @Test
  void loss_isSmoothedOverSteps_butNotAtTheClosing() {
    try (Bench bench = system.bench()) {
      LossProbe probe = new LossProbe();
      StepObservation step = bench.observation(1);
      step.closing = false;
      step.contrast = new ContrastStatistics(4, 0.1, 0.2);
      assertThat(bench.measure(List.of(probe), step).get("loss_smoothed{part=\"total\"}"))
          .isEqualTo(4);

      step.contrast = new ContrastStatistics(2, 0.1, 0.2);
      Measured second = bench.measure(List.of(probe), step);
      assertThat(second.get("loss{part=\"total\"}")).isEqualTo(2);
      assertThat(second.get("loss_smoothed{part=\"total\"}"))
          .isCloseTo((0.9 * 4 + 2) / 1.9, within(1e-12));
      assertThat(second.get("contrast_probability")).isEqualTo(0.1);
      assertThat(second.get("positive_top1_ratio")).isEqualTo(0.2);

      step.closing = true;
      assertThat(bench.measure(List.of(probe), step).get("loss_smoothed{part=\"total\"}"))
          .isEqualTo(2);
    }
  }

  @Test
  void chance_isAbsentWhereItIsNotDefined() {
    try (Bench bench = system.bench()) {
      StepObservation step = bench.observation(2);
      assertThat(bench.measure(List.of(new LossProbe()), step).get("loss_chance"))
          .isCloseTo(2 * Math.log(6), within(1e-12));

      step.chanceLoss = Double.NaN;
      assertThat(bench.measure(List.of(new LossProbe()), step).has("loss_chance")).isFalse();
    }
  }

  @Test
  void optimisation_ofAnUpdateOnPaper() {
    try (Bench bench = system.bench()) {
      StepObservation step = bench.observation(0.5);
      step.rowNorms[0] = 3;
      step.rowNorms[1] = 4;
      step.thresholds[0] = 1.5;
      step.thresholds[1] = 1;
      step.gradientNorm = 2;
      step.learningRate = 0.1;
      step.stage = 2;

      Measured measured =
          bench.measure(List.of(new OptimisationProbe(), new ThresholdProbe()), step);

      assertThat(measured.get("weight_norm{layer=\"encoder\"}")).isEqualTo(3.5);
      assertThat(measured.get("weight_norm_max{layer=\"encoder\"}")).isEqualTo(4);
      assertThat(measured.get("update_ratio{layer=\"encoder\"}")).isCloseTo(0.04, within(1e-12));
      assertThat(measured.get("threshold_ratio{layer=\"encoder\",stat=\"mean\"}")).isEqualTo(0.375);
      assertThat(measured.get("learning_rate")).isEqualTo(0.1);
      assertThat(measured.get("temperature")).isEqualTo(0.5);
      assertThat(measured.get("schedule_stage")).isEqualTo(2);
    }
  }

  @Test
  void correlationEstimate_averagesSumsAndNotRatios() {
    CorrelationEstimateProbe probe = new CorrelationEstimateProbe();
    StepObservation step = new StepObservation(1);
    step.estimateSamples = 2;
    step.preactivations0 = new double[] {1, -1};
    step.preactivations1 = new double[] {1, -1};
    step.sparsePreactivations0 = new double[] {1, -1};
    step.sparsePreactivations1 = new double[] {1, -1};
    try (Bench bench = system.bench()) {
      String sparse = "pair_correlation_estimate{layer=\"encoder\",signal=\"sparse\"}";
      String dense = "pair_correlation_estimate{layer=\"encoder\",signal=\"dense\"}";
      Measured first = bench.measure(List.of(probe), step);
      assertThat(first.get(sparse)).isEqualTo(1);
      assertThat(first.get(dense)).isZero();

      // a step a hundred times louder, where the second view says the opposite
      step.preactivations0 = new double[] {10, -10};
      step.preactivations1 = new double[] {-10, 10};
      step.sparsePreactivations0 = step.preactivations0;
      step.sparsePreactivations1 = step.preactivations1;
      double keep = 1 - 2.0 / 21;
      double expected = (keep * 1 - 100) / (keep * 1 + 100);
      assertThat(bench.measure(List.of(probe), step).get(sparse))
          .isCloseTo(expected, within(1e-12));

      step.estimateSamples = 0;
      assertThat(bench.measure(List.of(probe), step).has(sparse)).isFalse();
    }
  }

  @Test
  void inputCorrelation_isKeptUntilTheViewsChange() {
    InputCorrelation probe = new InputCorrelation();
    String dense = "input_pair_correlation{signal=\"dense\"}";
    try (Bench bench = system.bench()) {
      StepObservation step = bench.observation(1);
      double masked = bench.measure(List.of(probe), step).get(dense);
      bench.evaluation().refresh();
      assertThat(bench.measure(List.of(probe), step).get(dense)).isEqualTo(masked);

      bench.inputs(system.anchors, system.anchors, system.anchors);
      bench.truth(system.signal, system.signal, system.signal, system.latents);
      assertThat(bench.measure(List.of(probe), step).get(dense)).isEqualTo(1);
      assertThat(masked).isNotEqualTo(1);
    }
  }

  @Test
  void embedding_ofTwoOpposites() {
    try (Bench bench = system.bench()) {
      StepObservation step = bench.observation(1);
      step.anchorMoments.samples = 2;
      step.anchorMoments.normSum = 6;
      step.anchorMoments.normMax = 5;
      Arrays.fill(step.anchorMoments.unitSum, 0);
      step.anchorMoments.unitSquareSum[0] = 2;
      step.anchorMoments.unitSquareSum[1] = 0;

      Measured measured = bench.measure(List.of(new EmbeddingProbe()), step);

      assertThat(measured.get("embedding_std_ratio{layer=\"encoder\"}"))
          .isCloseTo(Math.sqrt(2) / 2, within(1e-12));
      assertThat(measured.get("embedding_norm{layer=\"encoder\",stat=\"mean\"}")).isEqualTo(3);
      assertThat(measured.get("embedding_norm{layer=\"encoder\",stat=\"max\"}")).isEqualTo(5);
      assertThat(measured.get("embedding_dimensions{layer=\"encoder\"}")).isEqualTo(2);
    }
  }
}
