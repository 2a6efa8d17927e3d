package dev.sluice.collapse;

import static dev.sluice.collapse.WatchedRun.ALIVE;
import static dev.sluice.collapse.WatchedRun.ALWAYS;
import static dev.sluice.collapse.WatchedRun.DEAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.CollapseKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class NeuronDetectorTest {

  @Test
  @DisplayName("more than half dead for three probes, until fewer than 0.4 are")
  void episode() {
    WatchedRun run = new WatchedRun().through(399);
    neurons(run, 20, 20, 20).through(999);
    assertThat(run.said()).as("half is not more than half").isEmpty();
    neurons(run, 21, 19, 9).through(1099);
    assertThat(run.said()).isEmpty();
    run.through(1100);
    assertThat(run.said()).containsExactly("1100 neuron critical");
    assertThat(run.score("neuron")).isEqualTo(21 / 40.0 / 0.5);
    neurons(run, 16, 24, 0).through(1500);
    assertThat(run.said()).hasSize(1);
    neurons(run, 15, 25, 0).through(1650);
    assertThat(run.said()).containsExactly("1100 neuron critical", "1650 neuron clear");
  }

  @Test
  @DisplayName("without the other states the share is not known and the kind not watched")
  void needsTheWhole() {
    WatchedRun run = new WatchedRun(WatchedRun.LIMITS, key -> !key.equals(ALIVE));
    assertThat(run.monitor.kinds()).doesNotContain(CollapseKind.NEURON);
  }

  private static WatchedRun neurons(WatchedRun run, int dead, int alive, int always) {
    return run.set(DEAD, dead).set(ALIVE, alive).set(ALWAYS, always);
  }
}
