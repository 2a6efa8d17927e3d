package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatentBoxTest {
  private static final int ROWS = 20_000;
  private static final int SIZE = 3;

  @ParameterizedTest
  @CsvSource({"LAPLACE, 0.15", "LAPLACE, 0.02", "LAPLACE, 1", "NORMAL, 0.1", "NORMAL, 1"})
  void positivesFollowTheLawThatTheBoxCutsOff(LatentBox.Law law, double scale) {
    double[] z = new double[ROWS * SIZE];
    double[] positive = new double[ROWS * SIZE];
    new LatentBox(2, SIZE, law, scale).draw(4, 0, ROWS, z, positive);
    double[] uniform = new double[ROWS * SIZE];
    for (int i = 0; i < uniform.length; i++) {
      assertThat(positive[i]).isBetween(0.0, 1.0);
      double below = distribution(law, -z[i] / scale);
      double above = distribution(law, (1 - z[i]) / scale);
      double at = distribution(law, (positive[i] - z[i]) / scale);
      uniform[i] = (at - below) / (above - below);
    }
    assertThat(Samples.distanceFromUniform(z)).isLessThan(1.95);
    assertThat(Samples.distanceFromUniform(uniform)).isLessThan(1.95);
    double error = 4 / Math.sqrt(ROWS);
    for (int a = 0; a < SIZE; a++) {
      double[] draw = Samples.column(uniform, SIZE, a);
      for (int b = 0; b < SIZE; b++) {
        assertThat(Samples.correlation(draw, Samples.column(z, SIZE, b)))
            .isCloseTo(0, within(error));
        if (b != a) {
          assertThat(Samples.correlation(draw, Samples.column(uniform, SIZE, b)))
              .isCloseTo(0, within(error));
        }
      }
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new LatentBox(0, 0, LatentBox.Law.LAPLACE, 0.1))
        .hasMessage("coordinates of a box must be at least 1: 0");
    assertThatThrownBy(() -> new LatentBox(0, 3, LatentBox.Law.LAPLACE, 0))
        .hasMessage("scale lambda of a step must be in (0, 1]: 0.0");
    assertThatThrownBy(() -> new LatentBox(0, 3, LatentBox.Law.NORMAL, 1.5))
        .hasMessage("scale lambda of a step must be in (0, 1]: 1.5");
  }

  /** Distribution function of a step of scale 1. */
  private static double distribution(LatentBox.Law law, double x) {
    if (law == LatentBox.Law.LAPLACE) {
      return x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2;
    }
    // by Simpson's rule from 0; beyond 9 nothing is left
    double end = Math.max(-9, Math.min(9, x));
    int parts = 200;
    double width = end / parts;
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      double from = i * width;
      sum += density(from) + 4 * density(from + width / 2) + density(from + width);
    }
    return 0.5 + width / 6 * sum;
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }
}
