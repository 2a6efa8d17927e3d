package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastSquaresTest {

  @Test
  void ofOneFeature_asWrittenOnPaper() {
    LeastSquares fit = new LeastSquares(new double[] {0, 1, 2}, 1, new double[] {1, 2, 6}, 1, 3);

    // slope 5/2 about the means 1 and 3
    assertThat(fit.predict(new double[] {0, 1, 10}))
        .containsExactly(new double[] {0.5, 3, 25.5}, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5,4,1", "30,6,3", "200,20,4"})
  void residuals_areAtRightAnglesToTheFeaturesAndToOne(int n, int features, int outputs) {
    double[] samples = random(n * features, 1);
    double[] targets = random(n * outputs, 2);

    LeastSquares fit = new LeastSquares(samples, features, targets, outputs, n);

    double[] residuals = fit.predict(samples);
    Statistics.addScaled(-1, targets, 0, residuals, 0, residuals.length);
    for (int o = 0; o < outputs; o++) {
      double sum = 0;
      for (int p = 0; p < n; p++) {
        sum += residuals[p * outputs + o];
      }
      assertThat(sum).isCloseTo(0, within(1e-11));
      for (int c = 0; c < features; c++) {
        double dot = 0;
        for (int p = 0; p < n; p++) {
          dot += residuals[p * outputs + o] * samples[p * features + c];
        }
        assertThat(dot).isCloseTo(0, within(1e-11));
      }
    }
    assertThat(fit.rank()).isEqualTo(features);
  }

  @Test
  void aLinearMap_isFound_evenWhereFeaturesDifferByATrillion() {
    int n = 40;
    double[] samples = random(n * 3, 3);
    double[] targets = new double[n];
    for (int p = 0; p < n; p++) {
      samples[p * 3] *= 1e-6;
      samples[p * 3 + 2] = 1e6 * samples[p * 3 + 2] + 1e6;
      targets[p] = 2 + 3e6 * samples[p * 3] - samples[p * 3 + 1] + 1e-6 * samples[p * 3 + 2];
    }

    LeastSquares fit = new LeastSquares(samples, 3, targets, 1, n);

    assertThat(fit.predict(samples)).containsExactly(targets, within(1e-11));
  }

  @Test
  void featuresThatSayNothingNew_getNoWeight() {
    int n = 25;
    double[] drawn = random(n * 2, 4);
    double[] samples = new double[n * 5];
    double[] targets = new double[n];
    for (int p = 0; p < n; p++) {
      double a = drawn[2 * p];
      double b = drawn[2 * p + 1];
      System.arraycopy(new double[] {a, 0.1, b, a + b, a}, 0, samples, p * 5, 5);
      targets[p] = 1 + 2 * a - b;
    }

    LeastSquares fit = new LeastSquares(samples, 5, targets, 1, n);

    assertThat(fit.rank()).isEqualTo(2);
    assertThat(fit.predict(samples)).containsExactly(targets, within(1e-12));
    assertThat(fit.predict(new double[] {1, 0.1, 1, 2, 1})[0]).isCloseTo(2, within(1e-12));
  }

  @Test
  void whereNothingVaries_theMeanIsPredicted() {
    double[] constant = new double[6];
    Arrays.fill(constant, 0.1);

    LeastSquares fit = new LeastSquares(constant, 2, new double[] {1, 2, 6}, 1, 3);

    assertThat(fit.rank()).isZero();
    assertThat(fit.predict(new double[] {7, 8})).containsExactly(new double[] {3}, within(1e-12));
  }

  @Test
  void fewerSamplesThanFeatures_areMetExactly() {
    double[] samples = random(3 * 7, 5);
    double[] targets = {1, -4, 2};

    assertThat(new LeastSquares(samples, 7, targets, 1, 3).predict(samples))
        .containsExactly(targets, within(1e-12));
  }

  @Test
  void whatIsNotFinite_shows() {
    LeastSquares broken =
        new LeastSquares(new double[] {1, Double.NaN, 2, 5, 3, 1}, 2, new double[] {1, 2, 3}, 1, 3);
    LeastSquares brokenTarget =
        new LeastSquares(new double[] {1, 2, 4}, 1, new double[] {1, Double.NaN, 2, 0, 4, 0}, 2, 3);

    assertThat(broken.predict(new double[] {1, 1})).containsOnly(Double.NaN);
    double[] predictions = brokenTarget.predict(new double[] {3});
    assertThat(predictions[0]).isCloseTo(3, within(1e-12));
    assertThat(predictions[1]).isNaN();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeastSquares(new double[5], 3, new double[2], 1, 2))
        .withMessageContaining("2 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeastSquares(new double[0], 3, new double[0], 1, 0))
        .withMessageContaining("0 x 3");
  }

  private static double[] random(int length, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.NOISE, 0);
    double[] values = new double[length];
    Arrays.setAll(values, stream::gaussian);
    return values;
  }
}
