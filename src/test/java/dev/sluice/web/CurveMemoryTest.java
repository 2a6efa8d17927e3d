package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.StepReport;
import dev.sluice.metrics.SampleRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CurveMemoryTest {
  private final SampleRun run = new SampleRun("a");
  private final int loss = run.layout().slot(SampleRun.TOTAL_LOSS);
  private final int dense = run.layout().slot(SampleRun.DENSE);

  @Test
  void curveThatFits_isKeptAsItIs() {
    CurveMemory memory = new CurveMemory(8);
    for (int step = 0; step < 8; step++) {
      memory.add(report(step, step));
    }
    assertThat(memory.after(-1))
        .extracting(CurveBucket::step)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(memory.after(5)).extracting(point -> point.last(loss)).containsExactly(6.0, 7.0);
  }

  @Test
  void longCurve_keepsEveryStepInBoundedPoints_andItsSpikes() {
    CurveMemory memory = new CurveMemory(64);
    for (int step = 0; step < 10_000; step++) {
      memory.add(report(step, step == 4321 ? 1e6 : step == 7777 ? -1e6 : Math.sin(step)));
    }
    List<CurveBucket> points = memory.after(-1);
    assertThat(points).hasSizeBetween(32, 64);
    assertThat(points.stream().mapToInt(CurveBucket::count).sum()).isEqualTo(10_000);
    assertThat(points.get(points.size() - 1).step()).isEqualTo(9_999);
    assertThat(points.stream().mapToDouble(point -> point.high(loss)).max()).hasValue(1e6);
    assertThat(points.stream().mapToDouble(point -> point.low(loss)).min()).hasValue(-1e6);
  }

  @Test
  void bucket_keepsTheLastMeasuredValue_whereOthersWereNotMeasured() {
    CurveMemory memory = new CurveMemory(2);
    memory.add(run.report(0, Map.of(SampleRun.DENSE, 0.5)));
    memory.add(run.report(1, Map.of(SampleRun.TOTAL_LOSS, 3.0)));
    memory.add(run.report(2, Map.of(SampleRun.TOTAL_LOSS, 2.0)));
    CurveBucket first = memory.after(-1).get(0);
    assertThat(first.count()).isEqualTo(2);
    assertThat(first.last(dense)).isEqualTo(0.5);
    assertThat(first.low(dense)).isEqualTo(0.5);
    assertThat(first.last(loss)).isEqualTo(3.0);
    assertThat(StepReport.isAbsent(memory.after(-1).get(1).low(dense))).isTrue();
  }

  @Test
  void nanIsNeverHiddenByMerging_andNeverTakenForNotMeasured() {
    CurveMemory memory = new CurveMemory(2);
    memory.add(report(0, 1.0));
    memory.add(report(1, Double.NaN));
    memory.add(report(2, 2.0));
    memory.add(report(3, 3.0));
    memory.add(report(4, 4.0));
    CurveBucket first = memory.after(-1).get(0);
    assertThat(first.count()).isEqualTo(4);
    assertThat(first.last(loss)).isEqualTo(3.0);
    assertThat(first.low(loss)).isNaN();
    assertThat(first.high(loss)).isNaN();
    assertThat(StepReport.isAbsent(first.low(loss))).isFalse();
  }

  @Test
  void pointsTakenOut_doNotChangeAnyMore() {
    CurveMemory memory = new CurveMemory(2);
    memory.add(report(0, 1.0));
    memory.add(report(1, 1.0));
    memory.add(report(2, 5.0));
    List<CurveBucket> taken = memory.after(-1);
    memory.add(report(3, 9.0));
    assertThat(taken.get(1).count()).isEqualTo(1);
    assertThat(taken.get(1).last(loss)).isEqualTo(5.0);
  }

  @Test
  void oddCapacity_isRefused() {
    assertThatThrownBy(() -> new CurveMemory(7)).hasMessageContaining("7");
  }

  private StepReport report(long step, double value) {
    return run.report(step, Map.of(SampleRun.TOTAL_LOSS, value));
  }
}
