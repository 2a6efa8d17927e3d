package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProgressionTest {
  private static final double[] DIRECTION = {3, 4};

  @Test
  void shownAge_isTheLengthAlongTheDirection() {
    assertThat(Progression.shownAge(new double[] {3, 4, 4, -3, 0, 10}, DIRECTION, 3))
        .containsExactly(new double[] {5, 0, 8}, within(1e-15));
  }

  @Test
  void ageCorrelation_hasASign_andNuisanceCorrelationHasNone() {
    double[] z = {0, 0, 3, 4, 6, 8};

    assertThat(Progression.ageCorrelation(z, DIRECTION, new double[] {1, 2, 3}))
        .isCloseTo(1, within(1e-15));
    assertThat(Progression.ageCorrelation(z, DIRECTION, new double[] {3, 2, 1}))
        .isCloseTo(-1, within(1e-15));
    double[] nuisances = {0, 3, 1, 2, 0, 1};
    assertThat(Progression.nuisanceCorrelation(z, DIRECTION, nuisances, 2))
        .isCloseTo(1, within(1e-15));
  }

  @Test
  void directionCosine_andOrder_asOnPaper() {
    double[] z0 = {0, 0, 1, 1, 2, 2, 5, 5};
    double[] z1 = {3, 4, 5, 4, 2, 2, 2, 1};

    // along it, at 24/25, not at all, against it
    assertThat(Progression.directionCosine(z0, z1, DIRECTION))
        .isCloseTo((1 + 24.0 / 25 + 0 - 1) / 4, within(1e-15));
    assertThat(Progression.orderAccuracy(z0, z1, DIRECTION)).isEqualTo(0.5);
  }

  @Test
  void embeddingsThatDoNotMove_areNeitherAlignedNorInOrder() {
    double[] z = {1, 2, 3, 4};

    assertThat(Progression.directionCosine(z, z, DIRECTION)).isZero();
    assertThat(Progression.orderAccuracy(z, z, DIRECTION)).isZero();
    assertThat(
            Progression.ageCorrelation(new double[] {1, 2, 1, 2}, DIRECTION, new double[] {0, 1}))
        .isZero();
  }

  @Test
  void withoutADirection_everythingIsUndefined() {
    double[] z = {1, 2, 3, 4};
    double[] none = {0, 0};

    assertThat(Progression.shownAge(z, none, 2)).containsOnly(Double.NaN);
    assertThat(Progression.ageCorrelation(z, none, new double[] {0, 1})).isNaN();
    assertThat(Progression.nuisanceCorrelation(z, none, new double[] {0, 1}, 1)).isNaN();
    assertThat(Progression.directionCosine(z, new double[4], none)).isNaN();
    assertThat(Progression.orderAccuracy(z, new double[4], none)).isNaN();
  }

  @Test
  void tooFewSamples_andWhatIsNotANumber_show() {
    double[] z = {1, 2};
    double[] broken = {Double.NaN, 2, 3, 4};

    assertThat(Progression.ageCorrelation(z, DIRECTION, new double[] {0})).isNaN();
    assertThat(Progression.directionCosine(new double[0], new double[0], DIRECTION)).isNaN();
    assertThat(Progression.orderAccuracy(new double[0], new double[0], DIRECTION)).isNaN();
    assertThat(Progression.directionCosine(broken, new double[4], DIRECTION)).isNaN();
    assertThat(Progression.orderAccuracy(broken, new double[4], DIRECTION)).isNaN();
    assertThat(Progression.ageCorrelation(broken, DIRECTION, new double[] {0, 1})).isNaN();
  }
}
