package dev.sluice.collapse;

import static dev.sluice.collapse.WatchedRun.COS_DENSE;
import static dev.sluice.collapse.WatchedRun.COVERAGE;
import static dev.sluice.collapse.WatchedRun.LEAK;
import static dev.sluice.collapse.WatchedRun.SELECTIVITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.CollapseKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecouplingDetectorTest {

  @Test
  @DisplayName("a leak is a warning, for three probes in a row, and never more without damage")
  void leakAlone() {
    WatchedRun run = new WatchedRun().set(LEAK, 1).through(349);
    assertThat(run.said()).isEmpty();
    run.through(1900);
    assertThat(run.said()).containsExactly("350 decoupling warning");
    assertThat(run.warning("decoupling")).isEqualTo(1);
    assertThat(run.active("decoupling")).isZero();
    assertThat(run.value("sluice_collapse_any")).isZero();
    assertThat(run.score("decoupling")).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({COVERAGE + ",0.49", SELECTIVITY + ",0.39", COS_DENSE + ",0.71"})
  @DisplayName("a leak with damage is critical from half the horizon on")
  void damage(String key, double value) {
    WatchedRun run = new WatchedRun().set(LEAK, 0.3).set(key, value).through(999);
    assertThat(run.said()).containsExactly("350 decoupling warning");
    run.through(1000);
    assertThat(run.said()).containsExactly("350 decoupling warning", "1000 decoupling critical");
    assertThat(run.active("decoupling")).isEqualTo(1);
  }

  @Test
  @DisplayName("damage without a leak is no matter of decoupling")
  void damageAlone() {
    WatchedRun run = new WatchedRun().set(LEAK, 0.08).set(COVERAGE, 0.1).set(SELECTIVITY, 0.1);
    assertThat(run.through(1990).said()).isEmpty();
  }

  @Test
  @DisplayName("it clears when the leak is below 0.2, not while it lies between the limits")
  void clears() {
    WatchedRun run = new WatchedRun().set(LEAK, 1).set(COVERAGE, 0.2).through(1000);
    run.set(LEAK, 0.21).set(COVERAGE, 0.9).through(1500);
    assertThat(run.said()).containsExactly("350 decoupling warning", "1000 decoupling critical");
    run.set(LEAK, 0.19).through(1650);
    assertThat(run.said()).hasSize(3).element(2).isEqualTo("1650 decoupling clear");
    assertThat(run.warning("decoupling")).isZero();
  }

  @Test
  @DisplayName("a knob that lets the leak in is answered within three probes")
  void knobOpensTheLeak() {
    WatchedRun run = new WatchedRun().through(699);
    run.monitor.knobMoved(700);
    run.set(LEAK, 0.9).through(800);
    assertThat(run.said()).containsExactly("700 peaks_restarted", "800 decoupling warning");
  }

  @Test
  @DisplayName("a run that does not know its truth has no such kind")
  void withoutTruth() {
    WatchedRun run = new WatchedRun(WatchedRun.LIMITS, key -> !key.equals(LEAK));
    assertThat(run.monitor.kinds()).doesNotContain(CollapseKind.DECOUPLING).hasSize(5);
    run.set(COVERAGE, 0).through(1500);
    assertThat(run.said()).isEmpty();
    assertThat(run.active("decoupling")).as("not written, rather than 0").isNaN();
  }
}
