package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** Steps that take no time, woken by a timer of whole milliseconds that is always late. */
  private static long stepsUntil(Pacer pacer, long from, long until, long lateNanos) {
    long steps = 0;
    long now = from;
    while (true) {
      long delay = pacer.delayNanos(now);
      if (delay > 0) {
        now += Math.max(MILLI, delay / MILLI * MILLI) + lateNanos;
      }
      if (now >= until) {
        return steps;
      }
      if (pacer.delayNanos(now) <= 0) {
        pacer.stepped(now);
        steps++;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 50", "1, 100", "7, 700", "60, 6000", "1000, 100000", "30000, 3000000"})
  void late_timers_do_not_add_up(double rate, long expected) {
    Pacer pacer = new Pacer(rate, 0);

    long steps = stepsUntil(pacer, 0, 100 * SECOND, 700_000);

    // the last tick may be late by one timer, and an interval is a whole number of nanoseconds
    long rounding = (long) (expected * 0.5 * rate / SECOND);
    assertThat(steps).isBetween(expected - (long) Math.ceil(rate / 500), expected + rounding);
  }

  @Test
  void a_stall_is_not_made_up_for() {
    Pacer pacer = new Pacer(100, 0);
    pacer.stepped(0);

    long afterStall = stepsUntil(pacer, 10 * SECOND, 11 * SECOND, 0);

    assertThat(afterStall).isBetween(100L, 106L);
  }

  @Test
  void after_a_pause_the_first_step_is_due_at_once_and_the_next_after_an_interval() {
    Pacer pacer = new Pacer(10, 0);
    pacer.stepped(0);
    pacer.restart(5 * SECOND);

    assertThat(pacer.delayNanos(5 * SECOND)).isZero();
    pacer.stepped(5 * SECOND);
    assertThat(pacer.delayNanos(5 * SECOND)).isEqualTo(SECOND / 10);
  }

  @Test
  void unpaced_never_waits_and_is_not_called_paced() {
    Pacer pacer = new Pacer(0, 0);
    pacer.stepped(0);

    assertThat(pacer.delayNanos(0)).isZero();
    assertThat(pacer.holds(0)).isFalse();
  }

  @Test
  void a_run_that_cannot_keep_the_pace_is_not_paced_by_choice() {
    Pacer pacer = new Pacer(1000, 0);
    boolean paced = true;
    for (long now = 0; now < SECOND; now += 20 * MILLI) {
      paced = pacer.holds(now);
      pacer.stepped(now);
    }
    assertThat(paced).isFalse();

    pacer.restart(10, SECOND);
    assertThat(pacer.holds(SECOND)).isTrue();
  }

  @Test
  void the_slowest_pace_does_not_overflow() {
    Pacer pacer = new Pacer(Double.MIN_VALUE, 0);
    pacer.stepped(Long.MAX_VALUE / 2);

    assertThat(pacer.delayNanos(Long.MAX_VALUE / 2)).isPositive();
  }
}
