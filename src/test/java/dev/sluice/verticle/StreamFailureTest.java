package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.Control;
import dev.sluice.event.Knob;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A part that fails does not take the rest along. */
class StreamFailureTest {

  private static void failAt(long step, long at, String reason) {
    if (step == at) {
      throw new IllegalStateException(reason);
    }
  }

  private static void assertGoesOn(FakeRun other) {
    int then = other.trainer.batches.size();
    StreamFixture.until(() -> other.trainer.batches.size() > then + 20);
  }

  @Test
  void a_trainer_that_throws_fails_its_run_alone() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun other = new FakeRun("b");
      stream.start(other.request());
      FakeRun run = new FakeRun("a");
      run.trainer.work = step -> failAt(step, 12, "eigenvalues do not converge");

      RunOutcome outcome = stream.run(run.request());

      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.reason()).isEqualTo("step 12: eigenvalues do not converge");
      assertThat(outcome.steps()).isEqualTo(12);
      assertThat(outcome.closing()).isNull();
      assertThat(outcome.last().step()).isEqualTo(11);
      assertThat(run.trainer.closed).isTrue();
      assertThat(run.memory.open).hasValue(0);
      StreamFixture.until(
          () -> !stream.listener.events("a", RunEvent.StateChanged.class).isEmpty());
      assertThat(stream.listener.events("a", RunEvent.StateChanged.class).get(0).text())
          .isEqualTo("run failed: step 12: eigenvalues do not converge");
      assertGoesOn(other);
    }
  }

  @Test
  void an_error_fails_the_run_too() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      run.trainer.work =
          step -> {
            throw new OutOfMemoryError("Physical memory usage is too high");
          };

      assertThat(stream.run(run.request()).reason())
          .isEqualTo("step 0: Physical memory usage is too high");
    }
  }

  @Test
  void a_pair_stream_that_throws_fails_its_run_alone() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun other = new FakeRun("b");
      stream.start(other.request());
      FakeRun run = new FakeRun("a");
      run.pairs.work = step -> failAt(step, 30, "unreadable photo");

      RunOutcome outcome =
          stream.run(
              run.request().withStream(StreamSettings.DEFAULT.withCredits(4).withProducers(3)));

      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.reason()).isEqualTo("pairs of step 30: unreadable photo");
      assertThat(run.memory.open).hasValue(0);
      assertGoesOn(other);
    }
  }

  @Test
  void a_source_that_cannot_be_made_fails_the_start() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      FakeHistory history = new FakeHistory();
      RunRequest bad =
          run.request(
                  () -> {
                    throw new IllegalArgumentException("no photos in /nowhere");
                  })
              .withHistory(history, history);

      assertThatThrownBy(() -> stream.start(bad)).hasRootCauseMessage("no photos in /nowhere");
      assertThat(stream.supervisor.runs()).isEmpty();
      assertThat(run.trainer.closed).isTrue();
      assertThat(history.closed).isTrue();
      assertThat(run.memory.open).hasValue(0);
    }
  }

  @Test
  void a_run_id_in_use_is_refused_and_the_first_goes_on() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun first = new FakeRun("a");
      stream.start(first.request());
      FakeRun second = new FakeRun("a");

      assertThatThrownBy(() -> stream.start(second.request()))
          .hasRootCauseMessage("run a is running already");
      assertThat(second.trainer.closed).isTrue();
      assertGoesOn(first);
    }
  }

  @Test
  void a_closing_evaluation_that_throws_fails_the_run() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(5);
      run.trainer.evaluationFailure = new IllegalStateException("no truth");

      RunOutcome outcome = stream.run(run.request());

      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.reason()).isEqualTo("closing evaluation: no truth");
      assertThat(run.memory.open).hasValue(0);
    }
  }

  @Test
  void a_history_that_cannot_write_fails_the_run() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      FakeHistory history = new FakeHistory();
      RunHandle handle = stream.start(run.request().withHistory(history, history));
      StreamFixture.until(() -> history.rows.size() > 10);

      history.failure = new IllegalStateException("disk full");

      RunOutcome outcome = StreamFixture.get(handle.done());
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.reason()).isEqualTo("history: disk full");
      assertThat(history.closed).isTrue();
      assertThat(run.memory.open).hasValue(0);
    }
  }

  @Test
  void a_run_whose_last_steps_could_not_be_written_has_failed() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(20);
      FakeHistory history = new FakeHistory();
      history.failureAtClose = new IllegalStateException("12 rows could not be written");
      RunHandle handle = stream.start(run.request().withHistory(history, history));

      RunOutcome outcome = StreamFixture.get(handle.done());
      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.reason()).isEqualTo("12 rows could not be written");
      assertThat(run.memory.open).hasValue(0);
    }
  }

  @Test
  void detectors_that_throw_are_switched_off_and_the_run_goes_on() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(60);
      Finding filter = new Finding(20);

      RunOutcome outcome = stream.run(run.request().withDetectors(filter));

      assertThat(outcome.state()).isEqualTo(RunState.FINISHED);
      assertThat(outcome.last().step()).isEqualTo(59);
      assertThat(outcome.last().isMeasured(outcome.last().layout().slot(FakeRun.FOUND.with())))
          .isFalse();
    }
  }

  @Test
  void detectors_fill_their_slots_hear_of_knobs_in_time_and_are_in_the_outcome() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a");
      Finding filter = new Finding(-1);
      RunHandle handle = stream.start(run.request().withDetectors(filter));
      StreamFixture.until(() -> run.trainer.batches.size() > 20);

      StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.PACE, 100_000)));
      long from = StreamFixture.get(stream.control("a", new Control.MoveKnob(Knob.OVERLAP, 1)));
      StreamFixture.until(() -> run.trainer.batches.size() > from + 20);
      StreamFixture.get(stream.supervisor.stop("a"));
      RunOutcome outcome = StreamFixture.get(handle.done());

      assertThat(filter.calls).containsOnlyOnce("moved " + from);
      int moved = filter.calls.indexOf("moved " + from);
      assertThat(filter.calls.get(moved - 1)).isEqualTo("step " + (from - 1));
      assertThat(filter.calls.get(moved + 1)).isEqualTo("step " + from);
      assertThat(filter.calls).filteredOn(call -> call.startsWith("moved")).hasSize(1);
      assertThat(outcome.collapses()).extracting(RunEvent::step).containsExactly(5L);
      int slot = outcome.last().layout().slot(FakeRun.FOUND.with());
      assertThat(outcome.last().value(slot)).isEqualTo(1);
      assertThat(outcome.closing().value(slot)).isEqualTo(1);
    }
  }

  @Test
  void a_watcher_that_throws_is_let_go_and_the_others_still_see_every_step() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(30);
      Watching broken = new Watching(3);
      Watching whole = new Watching(-1);

      RunOutcome outcome = stream.run(run.request().withWatcher(broken).withWatcher(whole));

      assertThat(outcome.state()).isEqualTo(RunState.FINISHED);
      assertThat(broken.steps).containsExactly(0L, 1L, 2L);
      assertThat(whole.steps).hasSize(30);
    }
  }

  /** Finds a collapse in step 5, and throws at a given step. */
  private static final class Finding implements ReportFilter {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final long failing;

    Finding(long failing) {
      this.failing = failing;
    }

    @Override
    public StepReport accept(StepReport measured, List<RunEvent> events) {
      failAt(measured.step(), failing, "no such slot");
      calls.add("step " + measured.step());
      if (measured.step() == 5) {
        events.add(
            new RunEvent.CollapseChanged(
                measured.run(),
                5,
                measured.timestampMillis(),
                CollapseKind.NEURON,
                RunEvent.CollapseChanged.Severity.WARNING,
                "half are dead"));
      }
      double[] values = measured.copyOfValues();
      values[measured.layout().slot(FakeRun.FOUND.with())] = 1;
      return new StepReport(
          measured.run(), measured.step(), measured.timestampMillis(), measured.layout(), values);
    }

    @Override
    public void knobMoved(long step) {
      calls.add("moved " + step);
    }
  }

  /** Notes the steps it sees, and throws at a given one. */
  private static final class Watching implements RunWatcher {
    private final List<Long> steps = new CopyOnWriteArrayList<>();
    private final long failing;

    Watching(long failing) {
      this.failing = failing;
    }

    @Override
    public void report(StepReport report) {
      failAt(report.step(), failing, "no meter");
      steps.add(report.step());
    }

    @Override
    public void event(RunEvent event) {}
  }
}
