package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTimesTest {

  @Test
  void quantiles_of_a_uniform_spread() {
    StepTimes times = new StepTimes();
    for (long micros = 1; micros <= 10_000; micros++) {
      times.add(micros * 1000);
    }

    assertThat(times.count()).isEqualTo(10_000);
    assertThat(times.meanSeconds()).isCloseTo(5.0005e-3, within(1e-9));
    assertThat(times.quantileSeconds(0.5)).isCloseTo(5e-3, Percentage.withPercentage(3.2));
    assertThat(times.quantileSeconds(0.99)).isCloseTo(9.9e-3, Percentage.withPercentage(3.2));
    assertThat(times.quantileSeconds(1)).isCloseTo(10e-3, Percentage.withPercentage(3.2));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 32, 33, 63, 64, 1_000_000_007, Long.MAX_VALUE})
  void one_value_is_every_quantile_of_itself(long nanos) {
    StepTimes times = new StepTimes();
    times.add(nanos);

    assertThat(times.quantileSeconds(0.01)).isBetween(nanos * 1e-9, nanos * 1e-9 * (1 + 1.0 / 32));
  }

  @Test
  void a_share_outside_its_range_is_refused() {
    assertThat(new StepTimes().quantileSeconds(0.5)).isZero();
    assertThatThrownBy(() -> new StepTimes().quantileSeconds(0))
        .hasMessage("share must be in (0, 1]: 0.0");
  }
}
