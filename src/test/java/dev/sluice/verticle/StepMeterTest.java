package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepMeterTest {
  private static final ReportLayout LAYOUT =
      new ReportLayout(List.of(MetricSpec.gauge("made_up", "1", "help", "test").with()));

  private long now = 5_000_000;
  private final StepMeter meter =
      new StepMeter(LAYOUT, 1, new Waits(), new ProducerIdle(), () -> now);

  @Test
  void slowSteps_haveTheTimeOfTheClock() {
    for (int step = 0; step < 5; step++) {
      now += 20;
      assertThat(meter.nextMillis()).isEqualTo(now);
    }
  }

  @Test
  void stepsInABurst_keepAMillisecondEach() {
    for (int step = 0; step < 900; step++) {
      assertThat(meter.nextMillis()).isEqualTo(now + step);
    }
  }

  @Test
  void stepsFasterThanTheClock_runNoMoreThanASecondAhead_andShareTimes() {
    long last = 0;
    int shared = 0;
    for (int step = 0; step < 20_000; step++) {
      now += step % 4 == 0 ? 1 : 0;
      long time = meter.nextMillis();
      assertThat(time).isBetween(last, now + StepReport.MOST_AHEAD_MILLIS);
      shared += time == last ? 1 : 0;
      last = time;
    }
    assertThat(shared).isGreaterThan(10_000);
  }

  @Test
  void aClockThatWasSetBackALittle_isNotWaitedFor_andCaughtUpWith() {
    long before = meter.nextMillis();
    now -= 1_500;
    for (int step = 1; step <= 100; step++) {
      now += 20;
      assertThat(meter.nextMillis()).isEqualTo(Math.max(now, before + step));
    }
    assertThat(meter.nextMillis()).isLessThan(now + StepReport.MOST_AHEAD_MILLIS);
  }

  @Test
  void aClockThatWasSetBack_isNotWaitedFor() {
    long before = meter.nextMillis();
    now -= 3_600_000;
    assertThat(meter.nextMillis()).isEqualTo(before + 1);
    assertThat(meter.nextMillis()).isEqualTo(before + 2);
  }
}
