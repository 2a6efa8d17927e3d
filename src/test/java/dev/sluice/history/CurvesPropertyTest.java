package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Decimation against the plainest way to do it. */
final class CurvesPropertyTest {
  private static final int SLOTS = 3;

  @Property(seed = "20261122")
  void bucketsHoldWhatTheirRowsHold(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400) int span,
      @ForAll @IntRange(min = 1, max = 50) int maxBuckets) {
    ReportLayout layout = LogFixture.layout(SLOTS);
    List<String> keys = layout.series().stream().map(series -> series.key()).toList();
    SplittableRandom random = new SplittableRandom(seed);
    Curves.Builder builder = new Curves.Builder(keys, 100, 100 + span - 1, maxBuckets);
    List<Long> steps = new ArrayList<>();
    for (long step = 100; step < 100 + span; step++) {
      if (random.nextInt(10) > 0) {
        steps.add(step);
        builder.add(step, 5 * step, LogFixture.values(SLOTS, step));
      }
    }
    Curves curves = builder.build(List.of());
    assertThat(curves.size()).isLessThanOrEqualTo(Math.min(maxBuckets, span));

    int next = 0;
    for (int bucket = 0; bucket < curves.size(); bucket++) {
      List<Long> members = steps.subList(next, next + curves.rows(bucket));
      assertThat(members.get(members.size() - 1)).isEqualTo(curves.step(bucket));
      assertThat(curves.timestampMillis(bucket)).isEqualTo(5 * curves.step(bucket));
      for (int slot = 0; slot < SLOTS; slot++) {
        assertBucket(curves, slot, bucket, members);
      }
      next += members.size();
    }
    assertThat(next).as("no row is left out").isEqualTo(steps.size());
  }

  private static void assertBucket(Curves curves, int slot, int bucket, List<Long> members) {
    double last = StepReport.ABSENT;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int finite = 0;
    int nonFinite = 0;
    for (long step : members) {
      double value = LogFixture.values(SLOTS, step)[slot];
      if (StepReport.isAbsent(value)) {
        continue;
      }
      last = value;
      if (Double.isFinite(value)) {
        finite++;
        min = Math.min(min, value);
        max = Math.max(max, value);
      } else {
        nonFinite++;
      }
    }
    assertThat(Double.doubleToRawLongBits(curves.last(slot, bucket)))
        .isEqualTo(Double.doubleToRawLongBits(last));
    assertThat(curves.nonFinite(slot, bucket)).isEqualTo(nonFinite);
    if (finite == 0) {
      assertThat(StepReport.isAbsent(curves.min(slot, bucket))).isTrue();
      assertThat(StepReport.isAbsent(curves.max(slot, bucket))).isTrue();
    } else {
      assertThat(curves.min(slot, bucket)).isEqualTo(min);
      assertThat(curves.max(slot, bucket)).isEqualTo(max);
    }
  }
}
