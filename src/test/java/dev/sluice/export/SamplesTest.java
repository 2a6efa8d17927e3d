package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.StepReport;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  private final Samples samples = new Samples(new int[] {1}, 10);

  private void add(long step, long time, double value) {
    samples.add(step, time, new double[] {99, value});
  }

  @Test
  void stepsOfDifferentTimes_keepASampleEach() {
    add(0, 100, 1);
    add(1, 101, 2);
    assertThat(samples.size()).isEqualTo(2);
    assertThat(samples.last(0, 0)).isEqualTo(1);
    assertThat(samples.steps(1)).isEqualTo(1);
    assertThat(samples.isThinned(0, 2)).isFalse();
  }

  @Test
  void stepsOfOneTime_shareASampleWithTheLastTheSmallestAndTheLargest() {
    add(0, 100, 3);
    add(1, 100, -7);
    add(2, 100, 5);
    add(3, 101, 0);
    assertThat(samples.size()).isEqualTo(2);
    assertThat(samples.last(0, 0)).isEqualTo(5);
    assertThat(samples.min(0, 0)).isEqualTo(-7);
    assertThat(samples.max(0, 0)).isEqualTo(5);
    assertThat(samples.lastStep(0)).isEqualTo(2);
    assertThat(samples.isThinned(0, 2)).isTrue();
    assertThat(samples.isThinned(1, 2)).isFalse();
  }

  @Test
  void whatIsNotFinite_isKeptAsTheLastValueButIsNeitherSmallestNorLargest() {
    add(0, 100, 1);
    add(1, 100, Double.NaN);
    add(2, 101, Double.NEGATIVE_INFINITY);
    assertThat(samples.last(0, 0)).isNaN();
    assertThat(StepReport.isAbsent(samples.last(0, 0))).isFalse();
    assertThat(samples.min(0, 0)).isEqualTo(1);
    assertThat(samples.last(0, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(StepReport.isAbsent(samples.max(0, 1))).isTrue();
  }

  @Test
  void whatWasNotMeasured_staysAbsent_andDoesNotHideWhatWas() {
    add(0, 100, StepReport.ABSENT);
    add(1, 101, 4);
    add(2, 101, StepReport.ABSENT);
    assertThat(StepReport.isAbsent(samples.last(0, 0))).isTrue();
    assertThat(samples.last(0, 1)).isEqualTo(4);
  }

  @Test
  void aTimeThatIsTheClocksOwn_isComplete() {
    add(0, 100, 1);
    add(1, 102, 2);
    samples.dropOpen(0, 102);
    assertThat(samples.size()).isEqualTo(2);
  }

  @Test
  void aTimeRightAfterTheOneBefore_mayStillBeShared_butNotForLong() {
    add(0, 100, 1);
    add(1, 101, 2);
    samples.dropOpen(0, 10_101);
    assertThat(samples.size()).isEqualTo(2);
    samples.dropOpen(0, 10_100);
    assertThat(samples.size()).isEqualTo(1);
    samples.dropOpen(98, 1_000);
    assertThat(samples.size()).isEqualTo(1);
    samples.dropOpen(99, 1_000);
    assertThat(samples.size()).isZero();
    samples.dropOpen(99, 1_000);
    samples.dropLast();
    assertThat(samples.size()).isZero();
  }
}
