package dev.sluice.collapse;

import static dev.sluice.collapse.WatchedRun.RANK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.StepReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DimensionalDetectorTest {

  @Test
  @DisplayName("the third probe below half the maximum is the onset, above 0.6 of it the end")
  void episode() {
    WatchedRun run = new WatchedRun().through(399).set(RANK, 18).through(499);
    assertThat(run.said()).isEmpty();
    run.through(500);
    assertThat(run.said()).containsExactly("500 dimensional critical");
    run.set(RANK, 22).through(1000);
    assertThat(run.said()).as("22 lies between 0.5 and 0.6 of 37.5").hasSize(1);
    run.set(RANK, 23).through(1150);
    assertThat(run.said()).containsExactly("500 dimensional critical", "1150 dimensional clear");
  }

  @Test
  @DisplayName("a collapse within the warm-up is judged by the maximum before it")
  void collapseInWarmUp() {
    CollapseLimits noSchedule = new CollapseLimits(200, 0, 1000, 40, 0);
    WatchedRun run = new WatchedRun(noSchedule).through(40).set(RANK, 1).through(199);
    assertThat(run.said()).isEmpty();
    run.through(200);
    assertThat(run.said()).containsExactly("200 dimensional critical");
  }

  @Test
  @DisplayName("a run that began with a low rank and stays there is reported")
  void bornLow() {
    WatchedRun run = new WatchedRun().set(RANK, 6).through(349);
    assertThat(run.said()).isEmpty();
    run.through(350);
    assertThat(run.said()).containsExactly("350 dimensional critical");
    run.set(RANK, 25).through(500);
    assertThat(run.said()).containsExactly("350 dimensional critical", "500 dimensional clear");
  }

  @Test
  @DisplayName("a run that began with a low rank and climbs is not")
  void climbing() {
    WatchedRun run = new WatchedRun();
    for (int probe = 0; probe < 40; probe++) {
      run.set(RANK, 5 * Math.pow(1.05, probe)).through(50L * probe);
    }
    assertThat(run.said()).isEmpty();
  }

  @Test
  @DisplayName("a stage before the one that arms the detectors is another regime")
  void nothingCarriedOverFromStageOne() {
    WatchedRun run = new WatchedRun().through(40).set(RANK, 10).through(249).set(RANK, 36);
    assertThat(run.through(600).said()).isEmpty();
    run = new WatchedRun().through(40).set(RANK, 10).through(349);
    assertThat(run.said()).as("250 and 300 are but two evaluations").isEmpty();
    assertThat(run.through(350).said()).containsExactly("350 dimensional critical");
  }

  @Test
  @DisplayName("a run that needs one dimension only is not watched, and the kind not written")
  void oneDimension() {
    WatchedRun run = new WatchedRun(new CollapseLimits(200, 2, 1000, 1, 0));
    assertThat(run.monitor.kinds()).doesNotContain(CollapseKind.DIMENSIONAL);
    assertThat(run.through(399).set(RANK, 1).through(1000).said()).isEmpty();
    assertThat(StepReport.isAbsent(run.active("dimensional"))).isTrue();
  }
}
