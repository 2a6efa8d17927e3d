package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.data.SparseCoding;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeScheduleTest {
  private static final double BUDGET = 0.08;
  private static final ProbeShape SMALL = ProbeShape.ofLayer(256, 512, 40, 32, 16, 256, 0);
  private static final ProbeShape MEDIUM = ProbeShape.ofLayer(256, 1024, 80, 64, 16, 256, 0);
  private static final ProbeShape PHOTOS = ProbeShape.ofLayer(256, 144, 64, 0, 16, 256, 12);
  private static final ProbeShape S = ProbeShape.ofLayer(256, 256, 128, 64, 16, 256, 0);
  private static final ProbeShape M = ProbeShape.ofLayer(512, 1024, 512, 256, 32, 256, 0);
  private static final ProbeShape L = ProbeShape.ofLayer(1024, 4096, 2048, 1024, 64, 256, 0);

  /** 10 x 10 x 10 with a step of 10,000 flops and products of 2,000 each. */
  private static final ProbeShape TEN = ProbeShape.ofLayer(10, 10, 10, 5, 5, 10, 0);

  @Test
  void everyRecipeIsLookedAtEveryFiftySteps() {
    for (ProbeShape shape : List.of(SMALL, MEDIUM, PHOTOS, S, M, L)) {
      ProbeSchedule schedule = schedule(shape, BUDGET);
      assertThat(schedule.total()).as("%s", schedule.shares()).isLessThanOrEqualTo(BUDGET);
      assertThat(schedule.cadences())
          .containsEntry("loss", 1)
          .containsEntry("effective-rank", 50)
          .containsEntry("firing-rates", 50);
    }
    for (ProbeShape shape : List.of(SMALL, MEDIUM, S, M, L)) {
      assertThat(schedule(shape, BUDGET).cadences())
          .containsEntry("correlation-estimate", 1)
          .containsEntry("decomposition", 50)
          .containsEntry("feature-alignment", 50);
    }
  }

  @Test
  void whatIsDearAndSeldom_isStretchedFirst() {
    assertThat(schedule(SMALL, 1).cadences()).containsEntry("ridge", 250);
    assertThat(schedule(SMALL, 0.075).cadences())
        .containsEntry("ridge", 500)
        .containsEntry("decomposition", 50);
    assertThat(schedule(SMALL, 0.05).cadences()).containsEntry("decomposition", 200);
  }

  @Test
  void ofEqualInputs_isEqual() {
    assertThat(schedule(SMALL, 0.05).cadences()).isEqualTo(schedule(SMALL, 0.05).cadences());
  }

  @Test
  void smallerBudget_stretchesWhatCostsMostFirst() {
    List<Probe> probes =
        List.of(new Fake("dear", 8_000, 1, Set.of()), new Fake("cheap", 2_000, 1, Set.of()));

    assertThat(plan(probes, 1.0).cadences()).isEqualTo(Map.of("dear", 1, "cheap", 1));
    assertThat(plan(probes, 0.61).cadences()).isEqualTo(Map.of("dear", 2, "cheap", 1));
    assertThat(plan(probes, 0.41).cadences()).isEqualTo(Map.of("dear", 4, "cheap", 1));
    assertThat(plan(probes, 0.35).cadences()).isEqualTo(Map.of("dear", 8, "cheap", 1));
  }

  @Test
  void sharedProducts_arePaidOnceAndStretchTheirReadersTogether() {
    Set<EvaluationProduct> anchors = EnumSet.of(EvaluationProduct.ANCHORS);
    List<Probe> probes =
        List.of(
            new Fake("one", 100, 1, anchors),
            new Fake("two", 100, 1, anchors),
            new Fake("own", 300, 1, Set.of()));

    ProbeSchedule free = plan(probes, 1);
    assertThat(free.shares().get("evaluation-products")).isCloseTo(0.2, within(1e-12));
    assertThat(free.total()).isCloseTo(0.25, within(1e-12));

    assertThat(plan(probes, 0.15).cadences()).isEqualTo(Map.of("one", 2, "two", 2, "own", 1));
    assertThat(plan(probes, 0.15).shares().get("evaluation-products"))
        .isCloseTo(0.1, within(1e-12));
  }

  @Test
  void tooSmallABudget_stillLooksNowAndThen() {
    List<Probe> probes = List.of(new Fake("dear", 1e9, 50, Set.of()));

    ProbeSchedule schedule = plan(probes, 0);

    assertThat(schedule.cadences()).isEqualTo(Map.of("dear", 800));
    assertThat(schedule.total()).isGreaterThan(1);
  }

  @Test
  void due_atMultiplesOfThePeriod() {
    Probe probe = new Fake("probe", 10, 50, Set.of());
    ProbeSchedule schedule = plan(List.of(probe), 1);

    assertThat(schedule.due(probe, 0)).isTrue();
    assertThat(schedule.due(probe, 49)).isFalse();
    assertThat(schedule.due(probe, 100)).isTrue();
    assertThat(schedule.due(new Fake("stranger", 1, 1, Set.of()), 0)).isFalse();
  }

  @Test
  void refusesWhatItCannotPlan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(List.of(), Double.NaN))
        .withMessageContaining("NaN");
    Probe probe = new Fake("twice", 1, 1, Set.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(List.of(probe, probe), 1))
        .withMessageContaining("twice");
  }

  private static ProbeSchedule schedule(ProbeShape shape, double budget) {
    SparseCoding source = new SparseCoding(0, 8, new double[] {0.5, 0.5}, 0.1);
    return ProbeSchedule.plan(Probes.forLayer(shape, source, 0), shape, budget);
  }

  private static ProbeSchedule plan(List<Probe> probes, double budget) {
    return ProbeSchedule.plan(probes, TEN, budget);
  }

  private record Fake(String name, double cost, int basePeriod, Set<EvaluationProduct> products)
      implements RepresentationProbe {
    @Override
    public List<Series> series() {
      return List.of(MetricSpec.gauge("fake_" + name, "1", "A fake.", "none").with());
    }

    @Override
    public Set<Need> needs() {
      return Set.of();
    }

    @Override
    public double flops(ProbeShape shape) {
      return cost;
    }

    @Override
    public void measure(Evaluation evaluation, Readings readings) {
      readings.set(0, 1);
    }
  }
}
