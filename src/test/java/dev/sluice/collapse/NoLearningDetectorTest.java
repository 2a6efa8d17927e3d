package dev.sluice.collapse;

import static dev.sluice.collapse.WatchedRun.CHANCE;
import static dev.sluice.collapse.WatchedRun.LOSS;
import static dev.sluice.collapse.WatchedRun.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.event.StepReport;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class NoLearningDetectorTest {

  @Test
  @DisplayName("a loss at chance is reported when it has held for 50 steps")
  void atChance() {
    WatchedRun run = new WatchedRun().set(LOSS, 5.545).through(298);
    assertThat(run.said()).as("the 50 steps count from the end of the warm-up").isEmpty();
    run.through(299);
    assertThat(run.said()).containsExactly("299 no_learning critical");
    run.set(LOSS, 5.4).through(400);
    assertThat(run.said()).hasSize(2).element(1).asString().endsWith("no_learning clear");
  }

  @Test
  @DisplayName("the healthy shock at the start of the thresholds stays below the alarm")
  void healthyShock() {
    // an overshoot of stage I is still in the memory when the thresholds start
    WatchedRun run = new WatchedRun().set(LOSS, 5.86).through(249);
    run.set(LOSS, 0.967 * 5.545).through(400);
    run.feed(Map.of(LOSS, 0.9943 * 5.545));
    run.through(600);
    assertThat(run.said()).isEmpty();
    assertThat(run.score("no_learning")).isBetween(0.97, 0.975);
  }

  @Test
  @DisplayName("between 0.99 and 0.995 of chance nothing changes")
  void hysteresis() {
    WatchedRun run = new WatchedRun().set(LOSS, 5.545).through(310);
    run.set(LOSS, 0.992 * 5.545).through(1000);
    assertThat(run.said()).containsExactly("299 no_learning critical");
    run.set(LOSS, 0.98 * 5.545).through(1100);
    assertThat(run.said()).hasSize(2);
  }

  @Test
  @DisplayName("a loss below zero is measured by its way from chance to its bound")
  void negativeLoss() {
    WatchedRun run =
        new WatchedRun(new CollapseLimits(200, 2, 1000, 40, -1)).set(CHANCE, -0.5).set(LOSS, -0.8);
    assertThat(run.through(400).said()).isEmpty();
    assertThat(run.score("no_learning")).isCloseTo(0.4 / 0.995, within(1e-9));
    run.set(LOSS, -0.501).through(600);
    assertThat(run.said()).singleElement().asString().endsWith("no_learning critical");
    run.set(LOSS, -0.52).through(700);
    assertThat(run.said()).hasSize(2).element(1).asString().endsWith("no_learning clear");
  }

  @Test
  @DisplayName("a loss that may fall without end has no way to measure by")
  void unboundedLoss() {
    CollapseLimits unbounded = new CollapseLimits(200, 2, 1000, 40, Double.NaN);
    assertThat(new WatchedRun(unbounded).set(LOSS, 5.545).through(800).said()).isEmpty();
  }

  @Test
  @DisplayName("a loss without a chance level is judged by the weights alone")
  void noChanceLevel() {
    for (double none : new double[] {Double.NaN, StepReport.ABSENT}) {
      WatchedRun run = new WatchedRun().set(CHANCE, none).set(LOSS, 5.545).through(800);
      assertThat(run.said()).isEmpty();
      run.set(WEIGHT, 0.23).through(803);
      assertThat(run.said()).containsExactly("803 no_learning critical");
    }
  }

  @Test
  @DisplayName("weights that decay away are seen, measured by their maximum in the warm-up too")
  void weightsDecay() {
    WatchedRun run = new WatchedRun().through(100).set(WEIGHT, 0.01).through(252);
    assertThat(run.said()).containsExactly("252 no_learning critical");
  }
}
