package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.event.ReportLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a log when its disk does not do as it should. */
@Timeout(60)
final class RunLogDiskErrorTest {
  private final ReportLayout layout = LogFixture.layout(5);

  @TempDir Path folder;

  @Test
  @DisplayName("a file that cannot be made is refused in one line with its name")
  void unwritable() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "no folder");
    Path file = inTheWay.resolve("history.db");
    assertThatThrownBy(() -> RunLog.open(file, layout, 16))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write the history " + file + ": ");
    Path directory = Files.createDirectory(folder.resolve("history.db"));
    assertThatThrownBy(() -> RunLog.open(directory, layout, 16))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write the history " + directory + ": ");
    Path text = Files.writeString(folder.resolve("text.db"), "this is no database".repeat(99));
    assertThatThrownBy(() -> RunLog.open(text, layout, 16))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write the history " + text + ": ");
  }

  @Test
  @DisplayName("while another holds the file the log retries, says so, and loses nothing")
  void locked() throws Exception {
    List<String> errors = Collections.synchronizedList(new ArrayList<>());
    try (RunLog log = RunLog.open(database(), layout, 64)) {
      log.onError(errors::add);
      append(log, 0, 10);
      log.appendNow(LogFixture.knob(10));
      try (Connection other = lock()) {
        append(log, 10, 30);
        await().until(() -> log.errors() >= 2);
        assertThat(log.committedStep()).isEqualTo(9);
        assertThat(log.lastError()).containsIgnoringCase("locked");
        other.rollback();
      }
      await().until(() -> log.committedStep() == 29);
      assertThat(log.rows()).isEqualTo(30);
    }
    assertThat(errors).isNotEmpty();
    assertContiguous(30);
  }

  @Test
  @DisplayName("a full queue holds the appender back and counts the wait")
  void backPressure() throws Exception {
    try (RunLog log = RunLog.open(database(), layout, 8)) {
      log.appendNow(LogFixture.knob(0));
      assertThat(log.waitedNanos()).isZero();
      CompletableFuture<Void> appending;
      try (Connection other = lock()) {
        appending = CompletableFuture.runAsync(() -> append(log, 0, 100));
        await().until(() -> log.errors() >= 2 && log.queueSize() == 8);
        assertThat(appending).isNotDone();
        other.rollback();
      }
      appending.join();
      assertThat(log.waitedNanos()).isPositive();
      assertThat(log.queueCapacity()).isEqualTo(8);
    }
    assertContiguous(100);
  }

  @Test
  @DisplayName("a file that is deleted under the log is written anew, with what it held")
  void deleted() throws Exception {
    try (RunLog log = RunLog.open(database(), layout, 64)) {
      append(log, 0, 20);
      log.appendNow(LogFixture.knob(20));
      delete();
      append(log, 20, 40);
      log.appendNow(LogFixture.knob(40));
      assertThat(log.errors()).isPositive();
      assertThat(log.lastError()).contains("taken away");
    }
    assertContiguous(40);
    try (RunLogReader reader = RunLogReader.open(database())) {
      assertThat(reader.events(0, 100)).hasSize(2);
    }
  }

  @Test
  @DisplayName("what stands in the file's place is left alone until it goes away")
  void replaced() throws Exception {
    try (RunLog log = RunLog.open(database(), layout, 64)) {
      append(log, 0, 20);
      log.appendNow(LogFixture.knob(20));
      delete();
      Path keep = Files.createDirectory(database()).resolve("somebody's");
      Files.writeString(keep, "work");
      append(log, 20, 40);
      await().until(() -> log.errors() >= 2);
      assertThat(log.lastError()).contains("replaced by something else");
      assertThat(keep).hasContent("work");
      Files.delete(keep);
      Files.delete(database());
      await().until(() -> log.committedStep() == 39);
    }
    assertContiguous(40);
  }

  @Test
  @DisplayName("closing while the disk refuses gives up after a while and says what was lost")
  void closedWhileFailing() throws Exception {
    RunLog log = RunLog.open(database(), layout, 64);
    append(log, 0, 10);
    log.appendNow(LogFixture.knob(10));
    try (Connection other = lock()) {
      append(log, 10, 13);
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(() -> log.appendNow(LogFixture.knob(13)));
      await().until(() -> log.errors() >= 1);
      assertThatThrownBy(log::close)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("rows could not be written");
      assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(IOException.class);
      log.close();
      other.rollback();
    }
    assertContiguous(10);
  }

  private void append(RunLog log, long from, long to) {
    for (long step = from; step < to; step++) {
      log.append(LogFixture.report(layout, step));
    }
  }

  /** Keeps every other writer out until its transaction ends. */
  private Connection lock() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE events SET step = step");
    }
    return connection;
  }

  private void delete() throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("history.db" + suffix));
    }
  }

  private void assertContiguous(long steps) throws IOException {
    List<Long> seen = new ArrayList<>();
    try (RunLogReader reader = RunLogReader.open(database())) {
      reader.scan(0, Long.MAX_VALUE, (step, time, values) -> seen.add(step));
    }
    assertThat(seen).hasSize((int) steps).isSorted().doesNotHaveDuplicates();
    assertThat(seen.get(seen.size() - 1)).isEqualTo(steps - 1);
  }

  private Path database() {
    return folder.resolve("history.db");
  }
}
