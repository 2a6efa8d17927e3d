package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.augment.PairBatch;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import org.junit.jupiter.api.Test;

class StepWindowTest {
  private final KnobValues start = new FakeRun("a").knobs();
  private final StepWindow window = new StepWindow(7, 3, start);

  private static PairBatch batch(long step) {
    PairBatch batch = new PairBatch(new FakeBackend().backend(), FakeRun.SHAPE);
    batch.filled(step, true);
    return batch;
  }

  @Test
  void batches_leave_in_the_order_of_their_steps() {
    for (int i = 0; i < 3; i++) {
      window.ask(start);
    }
    assertThat(window.mayAsk()).isFalse();

    window.arrived(batch(9));
    window.arrived(batch(8));
    assertThat(window.nextIsReady()).isFalse();
    window.arrived(batch(7));

    assertThat(window.ready()).isEqualTo(3);
    assertThat(window.made().step()).isEqualTo(7);
    assertThat(window.made().step()).isEqualTo(8);
    assertThat(window.made().step()).isEqualTo(9);
    assertThat(window.next()).isEqualTo(10);
    assertThat(window.mayAsk()).isTrue();
  }

  @Test
  void a_step_keeps_the_knobs_it_was_asked_with() {
    window.ask(start);
    window.ask(start.with(Knob.OVERLAP, 1));
    window.moveAtOnce(Knob.PACE, 5);
    window.arrived(batch(7));
    window.arrived(batch(8));

    assertThat(window.knobs().get(Knob.OVERLAP)).isZero();
    assertThat(window.knobs().get(Knob.PACE)).isEqualTo(5);
    window.made();
    assertThat(window.knobs().get(Knob.OVERLAP)).isEqualTo(1);
    assertThat(window.knobs().get(Knob.PACE)).isEqualTo(5);
  }

  @Test
  void a_batch_nobody_asked_for_is_refused() {
    window.ask(start);

    assertThatThrownBy(() -> window.arrived(batch(8)))
        .hasMessage("given the batch of step 8, waiting for some of 7 to 7");
    assertThat(window.ready()).isZero();
  }
}
