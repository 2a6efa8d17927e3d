package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.RunEvent;
import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.PipelineSeries;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches come as they please; steps are made, and seen by everybody, in their order. */
class StreamOrderTest {

  private static void dawdle() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(200_000));
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4, 3", "8, 4"})
  void steps_are_made_in_order_whatever_order_batches_come_in(int credits, int producers) {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(300);
      run.pairs.work = step -> dawdle();
      FakeHistory history = new FakeHistory();
      RunRequest request =
          run.request()
              .withStream(StreamSettings.DEFAULT.withCredits(credits).withProducers(producers))
              .withHistory(history, history);

      RunOutcome outcome = stream.run(request);

      assertThat(outcome.state()).isEqualTo(RunState.FINISHED);
      assertThat(outcome.steps()).isEqualTo(300);
      assertThat(run.trainer.batches).isEqualTo(upTo(300));
      assertThat(run.pairs.sources).hasValue(producers);
      assertThat(run.memory.open).as("matrices left").hasValue(0);
      StreamFixture.until(() -> stream.listener.steps("a").size() == 300);
      assertThat(stream.listener.steps("a")).isEqualTo(upTo(300));
      assertThat(history.rows.stream().filter(StepReport.class::isInstance)).hasSize(300);
    }
  }

  @Test
  void training_and_filling_have_threads_of_their_own() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(50);

      stream.run(run.request());

      assertThat(run.trainer.threads).allMatch(name -> name.startsWith("a-trainer"));
      assertThat(run.pairs.threads).allMatch(name -> name.startsWith("a-pairs"));
    }
  }

  @Test
  void timestamps_increase_even_when_the_clock_stands() {
    try (StreamFixture stream = new StreamFixture()) {
      stream.run(new FakeRun("a").lastStep(20).request());
      StreamFixture.until(() -> stream.listener.steps("a").size() == 20);

      List<Long> times =
          stream.listener.reports("a").stream().map(StepReport::timestampMillis).toList();
      assertThat(times).isSorted().doesNotHaveDuplicates();
      assertThat(times.get(0)).isGreaterThanOrEqualTo(1_000_000);
    }
  }

  @Test
  void every_consumer_sees_the_start_first_and_the_end_last() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(40);
      run.trainer.stage = step -> step < 10 ? 1 : 2;
      FakeHistory history = new FakeHistory();

      stream.run(run.request().withHistory(history, history));
      StreamFixture.until(() -> stream.listener.heard.size() == 43);

      List<Object> heard = stream.listener.heard;
      assertThat(heard.get(0)).isInstanceOf(RunEvent.Started.class);
      assertThat(heard.get(11)).isInstanceOf(StepReport.class);
      assertThat(heard.get(12)).isInstanceOf(RunEvent.StageEntered.class);
      assertThat(heard.get(42)).isInstanceOf(RunEvent.StateChanged.class);
      assertThat(history.rows).isEqualTo(heard);
      assertThat(history.closed).isTrue();
      RunEvent.StageEntered entered = (RunEvent.StageEntered) heard.get(12);
      assertThat(entered.step()).isEqualTo(10);
      assertThat(entered.stage()).isEqualTo(2);
    }
  }

  @Test
  void a_run_goes_on_from_where_its_trainer_stands() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(120);
      run.trainer.startingAt(100);

      RunOutcome outcome = stream.run(run.request());

      assertThat(run.trainer.batches).hasSize(20).startsWith(100L).endsWith(119L);
      assertThat(outcome.steps()).isEqualTo(120);
    }
  }

  @Test
  void runs_side_by_side_interleave() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun first = new FakeRun("a");
      FakeRun second = new FakeRun("b");
      stream.start(first.request());
      stream.start(second.request());

      StreamFixture.until(() -> first.trainer.batches.size() > 100);
      StreamFixture.until(() -> second.trainer.batches.size() > 100);
      assertThat(stream.supervisor.runs()).containsExactly("a", "b");
      StreamFixture.get(stream.supervisor.stop("a"));
      StreamFixture.get(stream.supervisor.stop("b"));
      StreamFixture.until(() -> stream.supervisor.runs().isEmpty());

      for (FakeRun run : List.of(first, second)) {
        int made = run.trainer.batches.size();
        assertThat(run.trainer.batches).isEqualTo(upTo(made));
        StreamFixture.until(() -> stream.listener.steps(run.id).size() == made);
        assertThat(stream.listener.steps(run.id)).isEqualTo(upTo(made));
        assertThat(run.memory.open).hasValue(0);
      }
    }
  }

  @Test
  void reports_tell_what_the_stream_did() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(30);
      run.pairs.work = step -> LockSupport.parkNanos(1_000_000);

      StepReport last = stream.run(run.request()).last();

      assertThat(last.value(last.layout().slot(PipelineSeries.STEPS.with()))).isEqualTo(30);
      assertThat(last.value(last.layout().slot(PipelineSeries.PAIRS.with()))).isEqualTo(30 * 32);
      double filling = last.value(last.layout().slot(PipelineSeries.PHASE_SECONDS.with("augment")));
      assertThat(filling).isBetween(0.030, 5.0);
      double starving = last.value(last.layout().slot(PipelineSeries.WAIT_SECONDS.with("trainer")));
      assertThat(starving).as("a slow producer").isGreaterThan(0.015);
      assertThat(last.value(last.layout().slot(PipelineSeries.WAIT_SECONDS.with("history"))))
          .isZero();
      assertThat(last.value(last.layout().slot(PipelineSeries.PHASE_SECONDS.with("publish"))))
          .isPositive();
      assertThat(last.value(last.layout().slot(PipelineSeries.PHASE_SECONDS.with("transfer"))))
          .isPositive();
      assertThat(last.value(last.layout().slot(PipelineSeries.PACED.with()))).isZero();
      assertThat(last.value(last.layout().slot(PipelineSeries.STEP_SECONDS.with()))).isPositive();
    }
  }

  @Test
  void producers_that_wait_for_requests_say_so() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(30);
      run.trainer.work = step -> LockSupport.parkNanos(1_000_000);

      StepReport last = stream.run(run.request()).last();

      double idle = last.value(last.layout().slot(PipelineSeries.WAIT_SECONDS.with("producer")));
      assertThat(idle).isGreaterThan(0.015);
    }
  }

  @Test
  void snapshots_come_after_the_first_step_by_their_period_and_at_the_end() {
    try (StreamFixture stream = new StreamFixture()) {
      FakeRun run = new FakeRun("a").lastStep(25);
      StreamSettings settings = new StreamSettings(3, 1, 4096, 10, 0, 8);

      RunOutcome outcome = stream.run(run.request().withStream(settings));

      StreamFixture.until(() -> stream.listener.snapshots.size() == 4);
      assertThat(stream.listener.snapshots).extracting("step").containsExactly(0L, 10L, 20L, 24L);
      assertThat(run.trainer.evaluations).hasValue(1);
      assertThat(outcome.closing()).isNotNull();
      assertThat(outcome.closing().value(0)).isEqualTo(-8);
      int steps = outcome.closing().layout().slot(PipelineSeries.STEPS.with());
      assertThat(outcome.closing().value(steps)).as("from the last report").isEqualTo(25);
      assertThat(outcome.stepTimes().count()).isEqualTo(25);
    }
  }
}
