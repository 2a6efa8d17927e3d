package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.ReportLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeliveryCursorTest {
  private static final ReportLayout LAYOUT = LogFixture.layout(3);

  @TempDir Path folder;

  private Path database() {
    return folder.resolve("history.db");
  }

  private void begin() throws IOException {
    RunLog.open(database(), LAYOUT, 10).close();
  }

  @Test
  void aCursorIsWhereItWasLeft_forEachReceiverOnItsOwn() throws IOException {
    begin();
    try (DeliveryCursor one = DeliveryCursor.open(database(), "one")) {
      assertThat(one.step()).isEqualTo(-1);
      one.advance(41);
    }
    try (DeliveryCursor one = DeliveryCursor.open(database(), "one");
        DeliveryCursor other = DeliveryCursor.open(database(), "other")) {
      assertThat(one.step()).isEqualTo(41);
      assertThat(one.isFinished()).isFalse();
      assertThat(other.step()).isEqualTo(-1);
    }
  }

  @Test
  void aHistoryWaits_fromItsBeginningToItsEnd() throws IOException {
    assertThat(DeliveryCursor.isWaiting(database(), "one")).isFalse();
    begin();
    assertThat(DeliveryCursor.isWaiting(database(), "one")).as("never begun").isFalse();
    try (DeliveryCursor cursor = DeliveryCursor.open(database(), "one")) {
      assertThat(DeliveryCursor.isWaiting(database(), "one")).isTrue();
      assertThat(DeliveryCursor.isWaiting(database(), "other")).isFalse();
      cursor.finish();
    }
    assertThat(DeliveryCursor.isWaiting(database(), "one")).isFalse();
  }

  @Test
  void aCursorMovesWhileTheLogIsWritten_andNeitherLosesAnything() throws IOException {
    try (RunLog log = RunLog.open(database(), LAYOUT, 100);
        DeliveryCursor cursor = DeliveryCursor.open(database(), "one")) {
      for (int step = 0; step < 2000; step++) {
        log.append(LogFixture.report(LAYOUT, step));
        cursor.advance(step);
      }
      log.close();
      assertThat(log.errors()).isZero();
    }
    try (DeliveryCursor cursor = DeliveryCursor.open(database(), "one");
        RunLogReader reader = RunLogReader.open(database())) {
      assertThat(cursor.step()).isEqualTo(1999);
      assertThat(reader.lastStep()).isEqualTo(1999);
    }
  }

  @Test
  void aFileThatIsNoHistory_isNamed() throws IOException {
    Files.writeString(
        database(), "something else, long enough to be looked at by a database".repeat(20));
    assertThatThrownBy(() -> DeliveryCursor.open(database(), "one"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(database().toString());
    assertThat(DeliveryCursor.isWaiting(database(), "one")).isFalse();
  }

  @Test
  void aLockIsTakenOnce_andComesBackWhenItIsClosed() throws IOException {
    RunLock first = RunLock.tryTake(folder).orElseThrow();
    assertThat(RunLock.tryTake(folder)).isEmpty();
    first.close();
    RunLock.tryTake(folder).orElseThrow().close();
  }

  @Test
  void aLockSurvivesASecondTryOfTheSameProcess() throws Exception {
    RunLock lock = RunLock.tryTake(folder).orElseThrow();
    assertThat(RunLock.tryTake(folder)).isEmpty();
    Process other = holder();
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(other.exitValue()).as("it must not get the lock").isNotZero();
    lock.close();
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            folder.toString())
        .start();
  }

  @Test
  void aLockOfAProcessThatWasKilled_isFree() throws Exception {
    Process holder = holder();
    assertThat(holder.getInputStream().read()).isEqualTo('+');
    assertThat(RunLock.tryTake(folder)).isEmpty();
    holder.destroyForcibly();
    assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
    RunLock.tryTake(folder).orElseThrow().close();
  }
}
