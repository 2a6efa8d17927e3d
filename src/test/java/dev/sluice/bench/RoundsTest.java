package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final long MILLISECOND = 1_000_000;

  private final List<String> order = new ArrayList<>();
  private long now;

  @Test
  void alternate_reportsMillisecondsAStepAndTheirRatio() {
    Rounds.Times times = new Rounds(3, 0.1, () -> now).alternate(fake("a", 3), fake("b", 4));

    assertThat(times.medianOfFirst()).isCloseTo(3, within(1e-9));
    assertThat(times.medianOfSecond()).isCloseTo(4, within(1e-9));
    assertThat(times.medianRatio()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void alternate_takesBothSidesInEveryRound() {
    new Rounds(3, 0.1, () -> now).alternate(fake("a", 3), fake("b", 4));

    List<String> turns = new ArrayList<>();
    for (String name : order) {
      if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(name)) {
        turns.add(name);
      }
    }
    // both warm-ups first, then the rounds
    assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
  }

  @Test
  void alternate_refusesAWorkloadThatComputedNonsense() {
    Workload wrong = fake("wrong", 1, new IllegalStateException("the loss came to NaN"));

    assertThatThrownBy(() -> new Rounds(1, 0.1, () -> now).alternate(fake("a", 1), wrong))
        .hasMessageContaining("NaN");
  }

  @Test
  void median_ofAnEvenNumber_liesBetweenTheMiddleTwo() {
    assertThat(Rounds.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    assertThat(Rounds.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
  }

  private Workload fake(String name, long milliseconds, RuntimeException... failure) {
    return new Workload() {
      @Override
      public void step() {
        order.add(name);
        now += milliseconds * MILLISECOND;
      }

      @Override
      public void check() {
        if (failure.length > 0) {
          throw failure[0];
        }
      }

      @Override
      public void close() {}
    };
  }
}
