package dev.sluice.collapse;

import static dev.sluice.collapse.WatchedRun.NORM;
import static dev.sluice.collapse.WatchedRun.STD;
import static dev.sluice.collapse.WatchedRun.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.RunEvent.CollapseChanged;
import dev.sluice.event.StepReport;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CompleteDetectorTest {

  @Test
  @DisplayName("a healthy run is quiet to its horizon")
  void quiet() {
    WatchedRun run = new WatchedRun().through(2000);
    assertThat(run.said()).isEmpty();
    assertThat(run.active("complete")).isZero();
    assertThat(run.score("complete")).isCloseTo(0.25, within(0.01));
  }

  @Test
  @DisplayName("the third bad step in a row is the onset, not the second")
  void onset() {
    WatchedRun run = new WatchedRun().through(399).set(STD, 0.24).through(401);
    assertThat(run.said()).isEmpty();
    run.through(402);
    assertThat(run.said()).containsExactly("402 complete critical");
    assertThat(run.active("complete")).isEqualTo(1);
    assertThat(run.warning("complete")).isEqualTo(1);
    assertThat(run.value("sluice_collapse_any")).isEqualTo(1);
    assertThat(((CollapseChanged) run.events.get(0)).reason())
        .isEqualTo("embedding std ratio 0.2400 < 0.25 x its maximum 0.9700");
  }

  @Test
  @DisplayName("two bad steps and a good one begin the count anew")
  void twoBadStepsAreNoise() {
    WatchedRun run = new WatchedRun().through(399);
    for (int i = 0; i < 50; i++) {
      run.feed(Map.of(STD, 0.1));
      run.feed(Map.of(STD, 0.1));
      run.feed(Map.of());
    }
    assertThat(run.said()).isEmpty();
  }

  @Test
  @DisplayName("a step that does not measure is neither bad nor good")
  void absentIsNoEvaluation() {
    WatchedRun run = new WatchedRun().through(399);
    run.feed(Map.of(STD, 0.1));
    run.feed(Map.of(STD, StepReport.ABSENT));
    run.feed(Map.of(STD, 0.1));
    run.feed(Map.of(STD, StepReport.ABSENT));
    assertThat(run.said()).isEmpty();
    run.feed(Map.of(STD, 0.1));
    assertThat(run.said()).containsExactly("404 complete critical");
  }

  @Test
  @DisplayName("between the two limits an episode goes on, beyond the second it ends")
  void hysteresis() {
    WatchedRun run = new WatchedRun().through(399).set(STD, 0.2).through(410);
    for (int i = 0; i < 200; i++) {
      run.feed(Map.of(STD, i % 2 == 0 ? 0.2 : 0.47));
    }
    assertThat(run.said()).containsExactly("402 complete critical");
    run.set(STD, 0.48).through(700);
    assertThat(run.said()).as("0.48 is below 2 x 0.25 x 0.97").hasSize(1);
    run.set(STD, 0.49).through(703);
    assertThat(run.said()).containsExactly("402 complete critical", "703 complete clear");
    assertThat(run.active("complete")).isZero();
    assertThat(run.value("sluice_collapse_events_total{kind=\"complete\"}")).isEqualTo(1);
  }

  @Test
  @DisplayName("a vanishing norm is seen although the spread is fine")
  void norm() {
    WatchedRun run = new WatchedRun().through(399).set(NORM, 0.119).through(402);
    assertThat(run.said()).containsExactly("402 complete critical");
    run.set(NORM, 0.239).through(500);
    assertThat(run.said()).hasSize(1);
    run.set(NORM, 0.241).through(503);
    assertThat(run.said()).containsExactly("402 complete critical", "503 complete clear");
  }

  @Test
  @DisplayName("the norm before the thresholds start is no measure for the norm after")
  void thresholdsCutTheNorm() {
    // the step that names stage II, 250, has measured its embedding before
    WatchedRun run = new WatchedRun().set(NORM, 5).through(250).set(NORM, 0.4).through(600);
    assertThat(run.said()).isEmpty();
    assertThat(run.value("sluice_embedding_norm_peak{layer=\"encoder\",stat=\"mean\"}"))
        .isEqualTo(0.4);
  }

  @Test
  @DisplayName("outputs that are all zero are a collapse, and over when a fifth speaks again")
  void zeroOutputs() {
    WatchedRun run = new WatchedRun().through(399).set(ZERO, 0.9).through(500);
    assertThat(run.said()).as("at the limit is not beyond it").isEmpty();
    assertThat(run.score("complete")).isEqualTo(1);
    run.set(ZERO, 0.91).through(503).set(ZERO, 0.81).through(600);
    assertThat(run.said()).containsExactly("503 complete critical");
    run.set(ZERO, 0.79).through(603);
    assertThat(run.said()).containsExactly("503 complete critical", "603 complete clear");
  }

  @Test
  @DisplayName("a net born dead is reported after 500 steps")
  void neverRose() {
    WatchedRun run = new WatchedRun().set(STD, 0.09).through(500);
    assertThat(run.said()).isEmpty();
    run.through(501);
    assertThat(run.said()).containsExactly("501 complete critical");
    run.set(STD, 0.19).through(600);
    assertThat(run.said()).hasSize(1);
    run.set(STD, 0.21).through(603);
    assertThat(run.said()).containsExactly("501 complete critical", "603 complete clear");
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  @DisplayName("a recipe may ask for a deeper fall of the spread, and for one that lasts")
  void replacedLimits() {
    WatchedRun run =
        new WatchedRun(new CollapseLimits(200, 2, 1000, 40, 0, 0.1, 100, 0.1, Double.NaN));
    run.through(399).set(STD, 0.15).through(799);
    assertThat(run.said()).as("a seventh of the maximum").isEmpty();
    run.set(STD, 0.05).through(898);
    assertThat(run.said()).isEmpty();
    run.through(899);
    assertThat(run.said()).containsExactly("899 complete critical");
  }

  @Test
  @DisplayName("where the spread falls by design, neither its fall nor its maximum is told")
  void spreadFallsByDesign() {
    WatchedRun run = new WatchedRun(new CollapseLimits(200, 2, 1000, 40, 0, 0, 3, 0.1, Double.NaN));
    run.through(399).set(STD, 0.001).through(799);
    assertThat(run.said()).isEmpty();
    assertThat(StepReport.isAbsent(run.value("sluice_embedding_std_ratio_peak{layer=\"encoder\"}")))
        .isTrue();
    run.set(NORM, 0.1).through(802);
    assertThat(run.said()).containsExactly("802 complete critical");
  }

  @Test
  @DisplayName(
      "where the objective reads directions alone, neither the norm's fall nor its maximum")
  void normsMayFall() {
    WatchedRun run =
        new WatchedRun(new CollapseLimits(200, 2, 1000, 40, 0, 0.25, 3, 0, Double.NaN));
    run.through(399).set(NORM, 0.001).through(799);
    assertThat(run.said()).isEmpty();
    assertThat(StepReport.isAbsent(run.value("sluice_embedding_norm_peak{layer=\"encoder\"}")))
        .isTrue();
    run.set(STD, 0.05).through(802);
    assertThat(run.said()).containsExactly("802 complete critical");
  }
}
