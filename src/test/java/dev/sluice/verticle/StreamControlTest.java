package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.augment.Views;
import dev.sluice.event.Control;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.PipelineSeries;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Knobs, pause, pace, the history's window, stop. */
class StreamControlTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void a_knob_holds_from_exactly_the_step_that_the_reply_names(int credits) {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      FakeHistory history = new FakeHistory();
      StreamSettings settings = StreamSettings.DEFAULT.withCredits(credits);
      RunHandle handle =
          stream.start(run.request().withStream(settings).withHistory(history, history));
      StreamFixture.until(() -> run.trainer.batches.size() > 20);

      long overlapFrom =
          StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.OVERLAP, 1)));
      long rateFrom =
          StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.LEARNING_RATE, 0.5)));
      StreamFixture.until(() -> run.trainer.batches.size() > rateFrom + 20);
      StreamFixture.get(stream.supervisor.stop("a"));
      RunOutcome outcome = StreamFixture.get(handle.done());

      for (int step = 0; step < outcome.steps(); step++) {
        Views views = run.pairs.views.get((long) step);
        KnobValues knobs = run.trainer.knobs.get(step);
        assertThat(views.overlap()).as("views of %d", step).isEqualTo(step < overlapFrom ? 0 : 1);
        assertThat(knobs.get(Knob.OVERLAP)).isEqualTo(views.overlap());
        assertThat(knobs.get(Knob.LEARNING_RATE)).isEqualTo(step < rateFrom ? 0.1 : 0.5);
      }
      assertThat(history.journal).extracting(RunEvent::step).containsExactly(overlapFrom, rateFrom);
      StreamFixture.until(
          () -> stream.listener.events("a", RunEvent.KnobChanged.class).size() == 2);
      assertThat(stream.listener.events("a", RunEvent.KnobChanged.class))
          .isEqualTo(history.journal);
      assertThat(history.rows).noneMatch(RunEvent.KnobChanged.class::isInstance);
    }
  }

  @Test
  void a_knob_that_could_not_be_recorded_does_not_move() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      EventJournal full =
          event -> {
            throw new IllegalStateException("disk full");
          };
      stream.start(run.request().withHistory(new FakeHistory(), full));

      assertThatThrownBy(
              () -> StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.OVERLAP, 1))))
          .hasRootCauseInstanceOf(ReplyException.class)
          .hasRootCauseMessage("overlap stays at 0.0, recording failed: disk full");
      int then = run.trainer.batches.size();
      StreamFixture.until(() -> run.trainer.batches.size() > then + 20);
      assertThat(run.trainer.knobs).allMatch(knobs -> knobs.get(Knob.OVERLAP) == 0);
    }
  }

  @Test
  void a_value_out_of_range_is_refused_with_what_is_allowed() {
    try (StreamFixture stream = new StreamFixture()) {
      stream.start(new FakeRun("a").request());

      assertThatThrownBy(
              () ->
                  StreamFixture.get(
                      stream.control("a", new Control.MoveKnob(Knob.OVERLAP, Double.NaN))))
          .rootCause()
          .isInstanceOfSatisfying(
              ReplyException.class, refused -> assertThat(refused.failureCode()).isEqualTo(400))
          .hasMessage("overlap must be in [0.0, 1.0]: NaN");
    }
  }

  @Test
  void masks_cannot_be_moved_where_there_are_none() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      run.masked = false;
      stream.start(run.request());

      assertThatThrownBy(
              () -> StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.OVERLAP, 1))))
          .hasRootCauseMessage(
              "overlap cannot be moved to 1.0: the views of this run have no masks");
    }
  }

  @Test
  void a_knob_set_to_where_it_stands_leaves_no_event() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeHistory history = new FakeHistory();
      stream.start(new FakeRun("a").request().withHistory(history, history));

      StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.OVERLAP, 0)));

      assertThat(history.journal).isEmpty();
    }
  }

  @Test
  void no_step_is_made_while_paused_and_the_buffers_wait() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      RunHandle handle = stream.start(run.request());
      StreamFixture.until(() -> run.trainer.batches.size() > 10);

      long held = StreamFixture.get(stream.control("a", new Control.Pause()));
      StreamFixture.until(() -> run.pairs.views.size() == held + 3);
      // a round trip through the trainer: anything that could have been made has been
      long still = StreamFixture.get(stream.control("a", new Control.Pause()));
      assertThat(still).isEqualTo(held);
      assertThat(run.trainer.batches).hasSize((int) held);

      long moved = StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.KEEP, 0.25)));
      assertThat(moved).isEqualTo(held + 3);

      assertThat(StreamFixture.get(stream.control("a", new Control.Resume()))).isEqualTo(held);
      StreamFixture.until(() -> run.trainer.batches.size() > held + 10);
      StreamFixture.get(stream.supervisor.stop("a"));
      StreamFixture.get(handle.done());

      StreamFixture.until(
          () -> stream.listener.events("a", RunEvent.StateChanged.class).size() == 3);
      assertThat(stream.listener.events("a", RunEvent.StateChanged.class))
          .extracting(RunEvent.StateChanged::state)
          .containsExactly(RunState.PAUSED, RunState.RUNNING, RunState.FINISHED);
      assertThat(run.memory.open).hasValue(0);
    }
  }

  @Test
  void a_paced_run_makes_one_step_a_tick() {
    AtomicLong nanos = new AtomicLong(1);
    long tick = TimeUnit.MILLISECONDS.toNanos(10);
    try (StreamFixture stream = new StreamFixture(nanos::get)) {
      FakeRun run = new FakeRun("a").pace(100);
      stream.start(run.request());

      for (int step = 1; step <= 30; step++) {
        int made = step;
        StreamFixture.until(() -> stream.listener.steps("a").size() == made);
        // a round trip: the trainer has had its turn and stays where it is
        long next = StreamFixture.get(stream.control("a", new Control.Resume()));
        assertThat(next).isEqualTo(step);
        nanos.addAndGet(tick);
      }

      StepReport report = stream.listener.reports("a").get(20);
      assertThat(report.value(report.layout().slot(PipelineSeries.PACED.with()))).isEqualTo(1);
      assertThat(report.value(report.layout().slot(PipelineSeries.WAIT_SECONDS.with("trainer"))))
          .isZero();
    }
  }

  @Test
  void the_pace_holds_from_the_next_step_even_where_steps_are_seldom() {
    AtomicLong nanos = new AtomicLong(1);
    try (StreamFixture stream = new StreamFixture(nanos::get)) {
      FakeRun run = new FakeRun("a").pace(0.001);
      stream.start(run.request());
      StreamFixture.until(() -> run.trainer.batches.size() == 1);

      long from = StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.PACE, 0)));

      assertThat(from).isEqualTo(1);
      StreamFixture.until(() -> run.trainer.batches.size() > 50);
      assertThat(run.trainer.knobs.get(1).get(Knob.PACE)).isZero();
    }
  }

  @Test
  void the_trainer_waits_for_its_history_and_the_wait_is_counted() {
    AtomicLong nanos = new AtomicLong(1);
    try (StreamFixture stream = new StreamFixture(nanos::get)) {
      FakeRun run = new FakeRun("a");
      FakeHistory history = new FakeHistory();
      history.commitsAtOnce = false;
      StreamSettings settings = StreamSettings.DEFAULT.withHistoryWindow(16);
      stream.start(run.request().withHistory(history, history).withStream(settings));

      StreamFixture.until(() -> run.pairs.views.size() == 16 + 3);
      StreamFixture.until(() -> stream.listener.steps("a").size() == 16);
      assertThat(StreamFixture.get(stream.control("a", new Control.Resume()))).isEqualTo(16);

      nanos.addAndGet(TimeUnit.SECONDS.toNanos(7));
      history.commitTo(9);
      StreamFixture.until(() -> stream.listener.steps("a").size() == 26);
      assertThat(StreamFixture.get(stream.control("a", new Control.Resume()))).isEqualTo(26);

      StepReport report = stream.listener.reports("a").get(16);
      assertThat(report.value(report.layout().slot(PipelineSeries.WAIT_SECONDS.with("history"))))
          .isEqualTo(7);
    }
  }

  @Test
  void a_stop_ends_after_the_step_at_hand_with_the_closing_evaluation() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      RunHandle handle = stream.start(run.request());
      StreamFixture.until(() -> run.trainer.batches.size() > 10);

      long steps = StreamFixture.get(stream.supervisor.stop("a"));
      RunOutcome outcome = StreamFixture.get(handle.done());

      assertThat(outcome.steps()).isEqualTo(steps).isEqualTo(run.trainer.batches.size());
      assertThat(outcome.state()).isEqualTo(RunState.FINISHED);
      assertThat(outcome.closing()).isNotNull();
      assertThat(run.trainer.closed).isTrue();
      assertThat(run.memory.open).hasValue(0);
      assertThatThrownBy(() -> StreamFixture.get(stream.supervisor.stop("a")))
          .hasRootCauseMessage("no run a is running; running: []");
    }
  }

  @Test
  void closing_cuts_runs_short_without_evaluation_and_frees_everything() {
    List<FakeRun> runs = List.of(new FakeRun("a"), new FakeRun("b").pace(0.001), new FakeRun("c"));
    StreamFixture stream = new StreamFixture();
    try (stream) {
      for (FakeRun run : runs) {
        stream.start(run.request());
      }
      StreamFixture.get(stream.control("c", new Control.Pause()));
    }

    for (FakeRun run : runs) {
      assertThat(run.trainer.closed).isTrue();
      assertThat(run.trainer.evaluations).hasValue(0);
      assertThat(run.memory.open).hasValue(0);
    }
    assertThat(stream.supervisor.runs()).isEmpty();
  }

  @Test
  void closing_does_not_wait_for_a_step_that_does_not_end() {
    Semaphore stuck = new Semaphore(0);
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      run.trainer.work = step -> stuck.acquireUninterruptibly();
      stream.start(run.request());
      StreamFixture.until(stuck::hasQueuedThreads);

      StreamFixture.get(stream.supervisor.close());

      assertThat(stream.supervisor.runs()).containsExactly("a");
      stuck.release(1000);
      StreamFixture.until(() -> stream.supervisor.runs().isEmpty());
      assertThat(run.memory.open).hasValue(0);
    }
  }
}
