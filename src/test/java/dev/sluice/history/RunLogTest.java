package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLogTest {
  @TempDir Path folder;

  @Test
  @DisplayName("every bit of 20,000 steps is read back, NaN and what was not measured apart")
  void bitForBit() throws IOException {
    ReportLayout layout = LogFixture.layout(120);
    int steps = 20_000;
    try (RunLog log = RunLog.open(database(), layout, 4096)) {
      for (long step = 0; step < steps; step++) {
        log.append(LogFixture.report(layout, step));
      }
    }
    AtomicLong next = new AtomicLong();
    try (RunLogReader reader = RunLogReader.open(database())) {
      reader.scan(
          0,
          Long.MAX_VALUE,
          (step, time, values) -> {
            long expected = next.getAndIncrement();
            if (step != expected || time != 1_000_000 + 3 * step) {
              throw new AssertionError("step " + step + " where " + expected + " was expected");
            }
            double[] written = LogFixture.values(120, step);
            for (int slot = 0; slot < values.length; slot++) {
              if (Double.doubleToRawLongBits(written[slot])
                  != Double.doubleToRawLongBits(values[slot])) {
                throw new AssertionError("step " + step + " slot " + slot);
              }
            }
          });
      assertThat(next.get()).isEqualTo(steps);
      assertThat(reader.lastStep()).isEqualTo(steps - 1);
      assertThat(reader.keys()).hasSize(120).last().isEqualTo("sluice_made_up{slot=\"119\"}");
    }
  }

  @Test
  @DisplayName("steps are committed by themselves, and the listener hears how far")
  void committed() throws IOException {
    ReportLayout layout = LogFixture.layout(4);
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());
    try (RunLog log = RunLog.open(database(), layout, 4096)) {
      log.onCommitted(heard::add);
      assertThat(log.committedStep()).isEqualTo(-1);
      for (long step = 0; step < 10; step++) {
        log.append(LogFixture.report(layout, step));
      }
      await().until(() -> log.committedStep() == 9);
      await().until(() -> !heard.isEmpty());
      assertThat(heard).isSorted().last().isEqualTo(9L);
      assertThat(log.rows()).isEqualTo(10);
      assertThat(log.errors()).isZero();
      assertThat(log.queueSize()).isZero();
      try (RunLogReader reader = RunLogReader.open(database())) {
        assertThat(reader.lastStep()).isEqualTo(9);
      }
    }
  }

  @Test
  @DisplayName("an event appended now is on disk when the call returns, with all before it")
  void appendNow() throws IOException {
    ReportLayout layout = LogFixture.layout(4);
    try (RunLog log = RunLog.open(database(), layout, 4096);
        RunLogReader reader = RunLogReader.open(database())) {
      for (int i = 0; i < 20; i++) {
        log.append(LogFixture.report(layout, i));
        log.appendNow(LogFixture.knob(i));
        assertThat(reader.events(0, i)).hasSize(i + 1);
        assertThat(reader.lastStep()).isEqualTo(i);
      }
    }
  }

  @Test
  @DisplayName("every kind of event keeps its details")
  void events() throws IOException {
    ReportLayout layout = LogFixture.layout(1);
    try (RunLog log = RunLog.open(database(), layout, 16)) {
      log.append(new RunEvent.Started(LogFixture.info("run", layout)));
      log.append(new RunEvent.StageEntered("run", 250, 11, 2));
      log.append(new RunEvent.PeaksRestarted("run", 260, 12));
      log.append(LogFixture.knob(260));
      log.append(
          new RunEvent.CollapseChanged(
              "run", 300, 13, CollapseKind.NEURON, Severity.CRITICAL, "dead \"neurons\""));
      log.append(new RunEvent.StateChanged("run", 400, 14, RunState.FAILED, "loss is NaN"));
    }
    try (RunLogReader reader = RunLogReader.open(database())) {
      List<LoggedEvent> events = reader.events(0, 1000);
      assertThat(events)
          .extracting(LoggedEvent::label)
          .containsExactly(
              "started",
              "stage_entered",
              "peaks_restarted",
              "knob_changed",
              "collapse_detected",
              "failed");
      assertThat(events.get(1).details()).containsEntry("stage", 2);
      assertThat(events.get(3).details())
          .containsEntry("knob", "overlap")
          .containsEntry("from", 0.0)
          .containsEntry("to", 0.5);
      assertThat(events.get(4).details())
          .containsEntry("kind", "neuron")
          .containsEntry("severity", "critical")
          .containsEntry("reason", "dead \"neurons\"");
      assertThat(events.get(5).text()).isEqualTo("run failed: loss is NaN");
      assertThat(events.get(5).timestampMillis()).isEqualTo(14);
      assertThat(reader.events(250, 260)).hasSize(3);
    }
  }

  @Test
  @DisplayName("closing writes what waits; closing again does nothing; appending is then refused")
  void close() throws IOException {
    ReportLayout layout = LogFixture.layout(2);
    RunLog log = RunLog.open(database(), layout, 4096);
    for (long step = 0; step < 300; step++) {
      log.append(LogFixture.report(layout, step));
    }
    log.close();
    log.close();
    assertThat(log.committedStep()).isEqualTo(299);
    assertThatThrownBy(() -> log.append(LogFixture.report(layout, 300)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> log.appendNow(LogFixture.knob(300)))
        .isInstanceOf(IllegalStateException.class);
    try (var files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .as("one file, nothing beside it")
          .containsExactly("history.db");
    }
  }

  @Test
  @DisplayName("a log that is taken up again keeps the rows it has and their times")
  void continued() throws IOException {
    ReportLayout layout = LogFixture.layout(2);
    try (RunLog log = RunLog.open(database(), layout, 64)) {
      for (long step = 0; step < 10; step++) {
        log.append(LogFixture.report(layout, step));
      }
    }
    try (RunLog log = RunLog.open(database(), layout, 64)) {
      assertThat(log.committedStep()).isEqualTo(9);
      log.append(new StepReport("run", 9, 77, layout, layout.emptyValues()));
      log.append(new StepReport("run", 10, 88, layout, layout.emptyValues()));
      log.appendNow(LogFixture.knob(11));
      assertThat(log.rows()).isEqualTo(1);
      assertThat(log.repeatedRows()).isEqualTo(1);
    }
    List<Long> times = new ArrayList<>();
    try (RunLogReader reader = RunLogReader.open(database())) {
      reader.scan(9, 10, (step, time, values) -> times.add(time));
    }
    assertThat(times).containsExactly(1_000_027L, 88L);
  }

  @Test
  @DisplayName("a log of other series is not continued")
  void otherSeries() throws IOException {
    RunLog.open(database(), LogFixture.layout(2), 64).close();
    assertThatThrownBy(() -> RunLog.open(database(), LogFixture.layout(3), 64))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds 2 series, the run has 3");
  }

  @Test
  @DisplayName("a report of another layout is refused")
  void otherLayout() throws IOException {
    try (RunLog log = RunLog.open(database(), LogFixture.layout(2), 64)) {
      StepReport foreign = LogFixture.report(LogFixture.layout(2), 0);
      assertThatThrownBy(() -> log.append(foreign)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("two runs write at once")
  void twoRuns() throws IOException {
    ReportLayout layout = LogFixture.layout(20);
    Path other = folder.resolve("other.db");
    try (RunLog first = RunLog.open(database(), layout, 128);
        RunLog second = RunLog.open(other, layout, 128)) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> appendAll(first, layout, 3000));
      appendAll(second, layout, 3000);
      writing.join();
    }
    for (Path file : List.of(database(), other)) {
      try (RunLogReader reader = RunLogReader.open(file)) {
        assertThat(rows(reader)).isEqualTo(3000);
      }
    }
  }

  @Test
  @DisplayName("a reader in the middle of a scan does not hold the writer up")
  void readerDoesNotBlock() throws IOException {
    ReportLayout layout = LogFixture.layout(20);
    try (RunLog log = RunLog.open(database(), layout, 4096)) {
      appendAll(log, layout, 500);
      log.appendNow(LogFixture.knob(0));
      try (RunLogReader reader = RunLogReader.open(database())) {
        AtomicLong seen = new AtomicLong();
        reader.scan(
            0,
            Long.MAX_VALUE,
            (step, time, values) -> {
              if (seen.getAndIncrement() == 10) {
                log.append(LogFixture.report(layout, 500));
                log.appendNow(LogFixture.knob(1));
              }
            });
        assertThat(seen).as("a scan sees the log of its beginning").hasValue(500);
        assertThat(log.errors()).isZero();
        assertThat(reader.lastStep()).isEqualTo(500);
      }
    }
  }

  private static void appendAll(RunLog log, ReportLayout layout, int steps) {
    for (long step = 0; step < steps; step++) {
      log.append(LogFixture.report(layout, step));
    }
  }

  private static long rows(RunLogReader reader) {
    AtomicLong rows = new AtomicLong();
    reader.scan(0, Long.MAX_VALUE, (step, time, values) -> rows.incrementAndGet());
    return rows.get();
  }

  private Path database() {
    return folder.resolve("history.db");
  }
}
