package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.data.Dictionary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distributions over neurons, against shares counted by hand. */
class BinsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aValueOnAnEdge_belongsToTheBinOfThatName(int tenths) {
    double[] shares = shares(tenths / 10.0);

    double[] expected = new double[10];
    expected[tenths - 1] = 1;
    assertThat(shares).containsExactly(expected);
  }

  @Test
  void zero_isInTheFirstBin_andOneInTheLast() {
    assertThat(shares(0, 0, 0, 1)).containsExactly(0.75, 0, 0, 0, 0, 0, 0, 0, 0, 0.25);
  }

  @Test
  void whatRoundingTookBeyondTheEnds_isNotLost() {
    assertThat(shares(-1e-17, Math.nextUp(1.0))).containsExactly(0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5);
  }

  @Test
  void oneValueThatIsNoNumber_leavesNoShareKnown() {
    assertThat(shares(0.5, Double.NaN)).containsOnly(Double.NaN);
  }

  @Test
  void alignment_countsEachNeuronWhereItsBestCosineLies() {
    // two features, the axes of a plane; the third neuron has no weights
    double[] weights = {2, 0, 3, 4, 0, 0, -1, 1};
    Measured measured = measure(weights, new double[4], new double[] {1, 0, 0, 1});

    // best cosines 1, 0.8, 0 and 0.7071
    assertThat(bins(measured, "feature_alignment_bin", ""))
        .containsExactly(0.25, 0, 0, 0, 0, 0, 0, 0.5, 0, 0.25);
  }

  @Test
  void firingRates_countDeadAndAlwaysOnNeuronsAtTheEnds() {
    // each sample is (1, s) with s = 1, 2, 3, 4; the third neuron never reaches its threshold
    double[] samples = {1, 1, 1, 2, 1, 3, 1, 4};
    double[] weights = {1, 0, 0, 1, 0, 1, 0, 1};
    double[] thresholds = {0.5, 2.5, 9, 3.5};
    Measured measured = measure(weights, thresholds, samples);

    // rates 1, 0.5, 0 and 0.25
    assertThat(bins(measured, "neuron_activation_bin", ",layer=\"encoder\""))
        .containsExactly(0.25, 0, 0.25, 0, 0.25, 0, 0, 0, 0, 0.25);
    assertThat(measured.get("neurons{layer=\"encoder\",state=\"dead\"}")).isEqualTo(1);
    assertThat(measured.get("neurons{layer=\"encoder\",state=\"always_on\"}")).isEqualTo(1);
  }

  @Test
  void bothDistributions_sumToOneAndAgreeWithTheirMeans() {
    Measured measured = new RandomSystem(7, 64, 12, 4, 40).measure();

    for (List<String> pair :
        List.of(
            List.of("feature_alignment_bin", "", "feature_alignment{stat=\"mean\"}"),
            List.of(
                "neuron_activation_bin",
                ",layer=\"encoder\"",
                "neuron_activation_ratio{layer=\"encoder\",stat=\"mean\"}"))) {
      double[] shares = bins(measured, pair.get(0), pair.get(1));
      double middle = 0;
      for (int bin = 0; bin < shares.length; bin++) {
        middle += shares[bin] * (bin + 0.5) / 10;
      }
      assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
      assertThat(middle).isCloseTo(measured.get(pair.get(2)), within(0.05));
    }
  }

  private static Measured measure(double[] weights, double[] thresholds, double[] anchors) {
    int samples = anchors.length / 2;
    Dictionary axes = new Dictionary(2, 2, new double[] {1, 0, 0, 1});
    try (Bench bench = new Bench(samples, 2, 2, 4, weights, thresholds, axes)) {
      bench.inputs(anchors, anchors, anchors);
      return bench.measure(
          List.of(new FeatureAlignment(), new FiringRates()), new StepObservation(4));
    }
  }

  private static double[] bins(Measured measured, String metric, String further) {
    double[] shares = new double[10];
    for (int bin = 0; bin < 10; bin++) {
      String edge = bin == 9 ? "1.0" : "0." + (bin + 1);
      shares[bin] = measured.get(metric + "{bin=\"" + edge + "\"" + further + "}");
    }
    return shares;
  }

  private static double[] shares(double... values) {
    double[] written = new double[10];
    Bins.measure(values, new Readings(written, IntStream.range(0, 10).toArray()), 0);
    return written;
  }
}
