package dev.sluice.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateScheduleTest {

  @Test
  void constantRate_stays() {
    assertThat(new ConstantRate().at(1_000_000, 0.3)).isEqualTo(0.3);
  }

  @Test
  void linearDecay_fallsToItsEndAndStaysThere() {
    RateSchedule schedule = new LinearDecay(0.1, 100);

    assertThat(schedule.at(0, 2)).isEqualTo(2);
    assertThat(schedule.at(50, 2)).isCloseTo(1.1, within(1e-12));
    assertThat(schedule.at(100, 2)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.at(1000, 2)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void stepDecay_fallsOnceAtItsShareOfTheHorizon() {
    RateSchedule schedule = new StepDecay(0.2, 0.7, 1500);

    assertThat(schedule.at(0, 1e-3)).isEqualTo(1e-3);
    assertThat(schedule.at(1049, 1e-3)).isEqualTo(1e-3);
    assertThat(schedule.at(1050, 1e-3)).isCloseTo(2e-4, within(1e-18));
    assertThat(schedule.at(9000, 1e-3)).isCloseTo(2e-4, within(1e-18));
  }

  @Test
  void stepDecay_refusesWhatIsNoSchedule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepDecay(0.2, 0.7, 0))
        .withMessage("horizon must be positive: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepDecay(-1, 0.7, 10))
        .withMessageContaining("-1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepDecay(0.2, Double.NaN, 10))
        .withMessageContaining("NaN");
  }
}
