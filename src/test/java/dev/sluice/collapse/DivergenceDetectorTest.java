package dev.sluice.collapse;

import static dev.sluice.collapse.WatchedRun.CHANCE;
import static dev.sluice.collapse.WatchedRun.COVERAGE;
import static dev.sluice.collapse.WatchedRun.LOSS;
import static dev.sluice.collapse.WatchedRun.NONFINITE;
import static dev.sluice.collapse.WatchedRun.NORM;
import static dev.sluice.collapse.WatchedRun.ROW;
import static dev.sluice.collapse.WatchedRun.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.RunEvent.CollapseChanged;
import dev.sluice.event.StepReport;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DivergenceDetectorTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  @DisplayName("one value that is not finite is enough, in the warm-up too")
  void notFinite(double value) {
    WatchedRun run = new WatchedRun().through(11);
    run.feed(Map.of(COVERAGE, value));
    assertThat(run.said()).containsExactly("12 divergence critical");
    assertThat(((CollapseChanged) run.events.get(0)).reason())
        .isEqualTo("sluice_feature_coverage_ratio is " + value);
    assertThat(run.active("divergence")).isEqualTo(1);
    assertThat(run.score("divergence")).isEqualTo(Rule.WORST);
  }

  @Test
  @DisplayName("what was not measured and a loss without chance level are no divergence")
  void absentIsFinite() {
    WatchedRun run = new WatchedRun().set(CHANCE, Double.NaN).set(NORM, StepReport.ABSENT);
    assertThat(run.through(600).said()).isEmpty();
    assertThat(run.active("divergence")).isZero();
  }

  @Test
  @DisplayName("a value that is not finite is no evaluation of the other kinds")
  void otherKindsIgnoreIt() {
    WatchedRun run = new WatchedRun().through(400).set(NORM, Double.NaN).through(800);
    assertThat(run.said()).containsExactly("401 divergence critical");
  }

  @Test
  @DisplayName("it does not end by itself")
  void staysUntilRestart() {
    WatchedRun run = new WatchedRun().through(299);
    run.feed(Map.of(LOSS, Double.NaN));
    run.through(2000);
    assertThat(run.said()).containsExactly("300 divergence critical");
    run.goTo(250).through(600);
    assertThat(run.said()).containsExactly("300 divergence critical", "250 divergence clear");
  }

  @Test
  @DisplayName("a counter of values that are not finite is enough")
  void counter() {
    WatchedRun run = new WatchedRun().through(20);
    run.set(NONFINITE, 1).through(30);
    assertThat(run.said()).containsExactly("21 divergence critical");
    run.goTo(10).through(40);
    assertThat(run.said()).as("the old count is forgiven by the rollback").hasSize(2);
    run.set(NONFINITE, 2).through(50);
    assertThat(run.said()).hasSize(3).element(2).isEqualTo("41 divergence critical");
  }

  @Test
  @DisplayName("a loss below its bound is reported by the third step")
  void belowTheBound() {
    WatchedRun run = new WatchedRun().through(49).set(LOSS, -0.0009).through(99);
    assertThat(run.said()).as("rounding").isEmpty();
    run.set(LOSS, -0.0011).through(101);
    assertThat(run.said()).isEmpty();
    run.through(102);
    assertThat(run.said()).containsExactly("102 divergence critical");
  }

  @Test
  @DisplayName("a loss without bound may fall")
  void noBound() {
    WatchedRun run = new WatchedRun(new CollapseLimits(200, 2, 1000, 40, Double.NaN));
    assertThat(run.set(LOSS, -2000).through(600).said()).isEmpty();
  }

  @Test
  @DisplayName("a row norm of more than 50 times its first value is reported by the third step")
  void rowNorm() {
    WatchedRun run = new WatchedRun().through(99).set(ROW, 50 * 2.6).through(199);
    assertThat(run.said()).isEmpty();
    assertThat(run.score("divergence")).isEqualTo(1);
    run.set(ROW, 50.1 * 2.6).through(202);
    assertThat(run.said()).containsExactly("202 divergence critical");
  }

  @Test
  @DisplayName("a run without row norms is judged by its mean norm")
  void meanNorm() {
    WatchedRun run = new WatchedRun(WatchedRun.LIMITS, key -> !key.equals(ROW));
    run.through(99).set(WEIGHT, 51 * 2.4).through(102);
    assertThat(run.said()).containsExactly("102 divergence critical");
  }

  @Test
  @DisplayName("weights thrown away by the first update are measured by what they were before it")
  void firstUpdate() {
    CollapseLimits limits = new CollapseLimits(200, 0, 1000, 40, 0, 0.25, 3, 0.1, 0.5);
    WatchedRun run = new WatchedRun(limits).set(ROW, 50.1 * 0.5).through(2);
    assertThat(run.said()).containsExactly("2 divergence critical");
  }
}
