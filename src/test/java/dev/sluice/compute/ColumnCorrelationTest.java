package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColumnCorrelationTest {

  @Test
  void asWrittenOnPaper() {
    double[] a = {1, 5, 2, 5, 3, 5, 4, 5};
    double[] b = {2, -1, 0.1, 4, -2, 0.1, 6, -3, 0.1, 8, 1, 0.1};

    ColumnCorrelation correlation = new ColumnCorrelation(a, 2, b, 3, 4);

    assertThat(correlation.of(0, 0)).isEqualTo(1);
    // centred (-1.5 -.5 .5 1.5) . (.25 -.75 -1.75 2.25) over the root of 5 x 8.75
    assertThat(correlation.of(0, 1)).isCloseTo(2.5 / Math.sqrt(5 * 8.75), within(1e-15));
    assertThat(correlation.of(0, 2)).isZero();
    assertThat(correlation.of(1, 0)).isZero();
  }

  @Test
  void belowTheFloor_nothingIsCorrelated() {
    double[] a = {0, 1};
    double[] b = {0, 2e-6};

    assertThat(new ColumnCorrelation(a, 1, b, 1, 2).of(0, 0)).isEqualTo(1);
    assertThat(new ColumnCorrelation(a, 1, b, 1, 2, 1e-6).of(0, 0)).isZero();
    assertThat(new ColumnCorrelation(a, 1, b, 1, 2, 4e-7).of(0, 0)).isEqualTo(1);
  }

  @Test
  void whatIsNotANumber_shows() {
    assertThat(
            new ColumnCorrelation(new double[] {1, Double.NaN}, 1, new double[] {1, 2}, 1, 2, 1e-6)
                .of(0, 0))
        .isNaN();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ColumnCorrelation(new double[3], 2, new double[4], 2, 2))
        .withMessageContaining("2 x 2");
  }
}
