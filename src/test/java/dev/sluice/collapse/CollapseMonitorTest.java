package dev.sluice.collapse;

import static dev.sluice.collapse.WatchedRun.LOSS;
import static dev.sluice.collapse.WatchedRun.NORM;
import static dev.sluice.collapse.WatchedRun.RANK;
import static dev.sluice.collapse.WatchedRun.STAGE;
import static dev.sluice.collapse.WatchedRun.STD;
import static dev.sluice.collapse.WatchedRun.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.Knob;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CollapseMonitorTest {

  @Test
  @DisplayName("what was measured passes through bit for bit, only the detectors' slots are new")
  void passesThrough() {
    WatchedRun run = new WatchedRun();
    double[] values = run.layout.emptyValues();
    values[run.layout.slot(LOSS)] = Double.NaN;
    values[run.layout.slot(STD)] = 0.5;
    StepReport measured = new StepReport("run", 7, 123, run.layout, values);
    StepReport report = run.monitor.accept(measured, new ArrayList<>());
    assertThat(report.step()).isEqualTo(7);
    assertThat(report.timestampMillis()).isEqualTo(123);
    int inputs = run.layout.size() - CollapseSeries.all().size();
    for (int slot = 0; slot < inputs; slot++) {
      assertThat(Double.doubleToRawLongBits(report.value(slot)))
          .isEqualTo(Double.doubleToRawLongBits(measured.value(slot)));
    }
    assertThat(report.isMeasured(run.layout.slot("sluice_collapse_any"))).isTrue();
    assertThat(measured.isMeasured(run.layout.slot("sluice_collapse_any"))).isFalse();
  }

  @Test
  @DisplayName("nothing but divergence is reported before 200 steps and before stage II")
  void muted() {
    WatchedRun run = new WatchedRun().set(ZERO, 1).set(LOSS, 6).through(249);
    assertThat(run.said()).isEmpty();
    assertThat(run.value("sluice_warmup_active")).isEqualTo(1);
    assertThat(StepReport.isAbsent(run.score("complete"))).isTrue();
    run.through(252);
    assertThat(run.said()).containsExactly("252 complete critical");
    assertThat(run.value("sluice_warmup_active")).isZero();
  }

  @Test
  @DisplayName("a run without a schedule is armed when it has made 200 steps")
  void withoutSchedule() {
    CollapseLimits limits = new CollapseLimits(200, 0, 1000, 40, 0);
    WatchedRun run = new WatchedRun(limits, key -> !key.equals(STAGE)).set(ZERO, 1).through(198);
    assertThat(run.said()).isEmpty();
    run.through(199);
    assertThat(run.said()).as("bad all along").containsExactly("199 complete critical");
  }

  @Test
  @DisplayName("waiting for a stage that is never reported is refused at once")
  void stageMissing() {
    assertThatThrownBy(() -> new WatchedRun(WatchedRun.LIMITS, key -> !key.equals(STAGE)))
        .hasMessage(
            "detectors that wait for stage 2 need the series sluice_schedule_stage in the run's"
                + " layout");
  }

  @Test
  @DisplayName("a knob restarts the maxima, says so, and mutes what refers to them for 200 steps")
  void knob() {
    WatchedRun run = new WatchedRun().through(499);
    run.monitor.knobMoved(500);
    run.set(STD, 0.2).set(NORM, 0.1).through(698);
    assertThat(run.said()).containsExactly("500 peaks_restarted");
    assertThat(run.value("sluice_embedding_std_ratio_peak{layer=\"encoder\"}")).isEqualTo(0.2);
    assertThat(run.value("sluice_warmup_active")).isEqualTo(1);
    run.through(900);
    assertThat(run.said()).as("0.2 is the new normal").hasSize(1);
    assertThat(run.value("sluice_warmup_active")).isZero();
    run.set(STD, 0.04).through(903);
    assertThat(run.said()).hasSize(2).element(1).isEqualTo("903 complete critical");
  }

  @Test
  @DisplayName("a net that the knob kills is reported: at once by fixed limits, later by its fall")
  void knobKills() {
    WatchedRun run = new WatchedRun().through(499);
    run.monitor.knobMoved(500);
    run.through(510).set(ZERO, 0.99).through(513);
    assertThat(run.said()).containsExactly("500 peaks_restarted", "513 complete critical");

    run = new WatchedRun().through(499);
    run.monitor.knobMoved(500);
    run.through(510).set(STD, 0.1).through(750);
    assertThat(run.said()).containsExactly("500 peaks_restarted", "699 complete critical");
  }

  @Test
  @DisplayName("a knob takes effect with its own step, not when it is announced")
  void knobAhead() {
    WatchedRun run = new WatchedRun().through(300);
    run.monitor.knobMoved(304);
    run.monitor.knobMoved(310);
    run.through(303);
    assertThat(run.said()).isEmpty();
    run.through(320);
    assertThat(run.said()).containsExactly("304 peaks_restarted", "310 peaks_restarted");
  }

  @Test
  @DisplayName("a knob does not pass for a recovery")
  void knobDuringCollapse() {
    WatchedRun run = new WatchedRun().through(399).set(STD, 0.2).set(RANK, 5).through(550);
    run.monitor.knobMoved(551);
    run.through(900);
    assertThat(run.said())
        .containsExactly(
            "402 complete critical", "500 dimensional critical", "551 peaks_restarted");
    run.set(STD, 0.9).set(RANK, 36).through(1100);
    assertThat(run.said()).contains("903 complete clear", "1050 dimensional clear");
  }

  @Test
  @DisplayName("pace and probe budget change nothing that is learned")
  void harmlessKnobs() {
    EnumSet<Knob> harmless = EnumSet.allOf(Knob.class);
    harmless.removeIf(CollapseMonitor::restartsPeaks);
    assertThat(harmless).containsExactlyInAnyOrder(Knob.PACE, Knob.PROBE_BUDGET);
  }

  @Test
  @DisplayName("a run that goes back is watched anew, and its episodes end")
  void rollback() {
    WatchedRun run = new WatchedRun().through(399).set(STD, 0.1).through(450);
    run.goTo(300).set(STD, 0.9).through(900);
    assertThat(run.said()).containsExactly("402 complete critical", "300 complete clear");
    run.set(STD, 0.1).through(903);
    assertThat(run.said()).hasSize(3).element(2).isEqualTo("903 complete critical");
    assertThat(run.value("sluice_collapse_events_total{kind=\"complete\"}")).isEqualTo(2);
  }

  @Test
  @DisplayName("a run taken up in the middle lets its maxima grow up first")
  void resumed() {
    WatchedRun run = new WatchedRun().goTo(1000).through(1000).set(STD, 0.1).through(1198);
    assertThat(run.said()).isEmpty();
    run.through(1199);
    assertThat(run.said()).containsExactly("1199 complete critical");
  }

  @Test
  @DisplayName("a layout with nothing to judge by leaves divergence alone")
  void nothingToJudgeBy() {
    ReportLayout bare = new ReportLayout(CollapseSeries.all());
    CollapseMonitor monitor = new CollapseMonitor(bare, new CollapseLimits(200, 0, 1000, 40, 0));
    assertThat(monitor.kinds()).containsExactly(CollapseKind.DIVERGENCE);
  }

  @Test
  @DisplayName("a report of another layout is refused")
  void otherLayout() {
    WatchedRun run = new WatchedRun();
    WatchedRun other = new WatchedRun();
    StepReport foreign = new StepReport("x", 0, 0, other.layout, other.layout.emptyValues());
    assertThatThrownBy(() -> run.monitor.accept(foreign, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run x");
  }

  @Test
  @DisplayName("every kind that is watched writes finite scores from the end of the warm-up on")
  void scoresAreFinite() {
    WatchedRun run = new WatchedRun().set(STD, 0).set(NORM, 0).set(RANK, 0).through(300);
    run.feed(Map.of(LOSS, Double.NaN));
    for (CollapseKind kind : run.monitor.kinds()) {
      assertThat(run.score(kind.label())).isBetween(0.0, Rule.WORST);
    }
  }
}
