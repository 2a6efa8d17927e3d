package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Dense;
import org.junit.jupiter.api.Test;

class WhitenedDistanceTest {

  @Test
  void ofOneOutput_asOnPaper() {
    // second moment (1 + 4 + 9 + 4) / 4, mean squared distance (4 + 0) / 2
    assertThat(WhitenedDistance.of(new double[] {1, 2}, new double[] {3, 2}, 2, 1))
        .isCloseTo(2 / 4.5, within(1e-15));
  }

  @Test
  void equalViews_areAtNoDistance_andOppositeOnesAtTheMost() {
    double[] f = RandomRows.of(1, 30, 3);

    assertThat(WhitenedDistance.of(f, f, 30, 3)).isCloseTo(0, within(1e-12));
    assertThat(WhitenedDistance.of(f, RandomRows.scaled(f, -1), 30, 3))
        .isCloseTo(12, within(1e-12));
  }

  @Test
  void viewsThatShareNothing_areAtTwiceTheOutputs() {
    double[] f0 = {1, 1, 1, -1, -1, 1, -1, -1};
    double[] f1 = {1, -1, -1, -1, 1, 1, -1, 1};

    assertThat(WhitenedDistance.of(f0, f1, 4, 2)).isCloseTo(4, within(1e-12));
  }

  @Test
  void noLinearMapOfTheOutputs_changesIt() {
    double[] f0 = RandomRows.of(2, 30, 3);
    double[] f1 = RandomRows.noisy(f0, 0.4, 3);
    double[] map = RandomRows.of(4, 3, 3);
    double expected = WhitenedDistance.of(f0, f1, 30, 3);

    assertThat(
            WhitenedDistance.of(
                Dense.product(f0, map, 30, 3, 3), Dense.product(f1, map, 30, 3, 3), 30, 3))
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void outputsThatCannotBeWhitened_areUndefined() {
    double[] f = RandomRows.of(5, 10, 2);
    for (int p = 0; p < 10; p++) {
      f[2 * p + 1] = -3 * f[2 * p];
    }

    assertThat(WhitenedDistance.of(f, f, 10, 2)).isNaN();
    assertThat(WhitenedDistance.of(new double[20], new double[20], 10, 2)).isNaN();
    assertThat(WhitenedDistance.of(new double[0], new double[0], 0, 2)).isNaN();
    f = RandomRows.of(6, 10, 2);
    double[] broken = f.clone();
    broken[3] = Double.NaN;
    assertThat(WhitenedDistance.of(f, broken, 10, 2)).isNaN();
  }
}
