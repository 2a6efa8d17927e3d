package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RidgeRegressionTest {

  @Test
  void ofOneFeature_asWrittenOnPaper() {
    // standardised x is -1, 1; the weight is mean(x y) / (1 + ridge)
    RidgeRegression regression =
        new RidgeRegression(new double[] {2, 6}, new double[] {10, 20}, 1, 0.25);

    assertThat(regression.predict(new double[] {2, 4, 6, 8}))
        .containsExactly(new double[] {11, 15, 19, 23}, within(1e-12));
  }

  @Test
  void nearlyWithoutRidge_findsTheLinearMap() {
    CounterStream stream = new CounterStream(1, Purpose.NOISE, 0);
    double[] samples = new double[50 * 3];
    double[] targets = new double[50];
    for (int p = 0; p < 50; p++) {
      for (int c = 0; c < 3; c++) {
        samples[p * 3 + c] = stream.gaussian(p * 3 + c);
      }
      targets[p] = 4 + samples[p * 3] - 2 * samples[p * 3 + 1] + 0.5 * samples[p * 3 + 2];
    }

    RidgeRegression regression = new RidgeRegression(samples, targets, 3, 1e-12);

    assertThat(regression.predict(new double[] {1, 1, 1, 0, 0, 0}))
        .containsExactly(new double[] {3.5, 4}, within(1e-9));
  }

  @Test
  void aFeatureThatDoesNotVary_saysNothing() {
    RidgeRegression regression =
        new RidgeRegression(new double[] {0.1, 0.1, 0.1}, new double[] {1, 2, 6}, 1, 0.01);

    assertThat(regression.predict(new double[] {100}))
        .containsExactly(new double[] {3}, within(1e-12));
  }

  @Test
  void whatIsNotFinite_shows() {
    RidgeRegression regression =
        new RidgeRegression(new double[] {1, Double.NaN}, new double[] {1, 2}, 1, 0.01);

    assertThat(regression.predict(new double[] {1})[0]).isNaN();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RidgeRegression(new double[5], new double[2], 3, 0.01))
        .withMessageContaining("2 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RidgeRegression(new double[6], new double[2], 3, 0))
        .withMessageContaining("ridge");
  }
}
