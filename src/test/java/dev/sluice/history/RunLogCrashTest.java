package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.ReportLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class RunLogCrashTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  @DisplayName("a process killed while it writes leaves every committed step, without a gap")
  void killed() throws Exception {
    Path file = folder.resolve("history.db");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Writer.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long heard = -1;
    try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
      while (heard < 3000) {
        heard = Long.parseLong(said.readLine());
      }
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).as("killed, not ended").isNotZero();
    }
    List<Long> steps = new ArrayList<>();
    try (RunLogReader reader = RunLogReader.open(file)) {
      reader.scan(
          0,
          Long.MAX_VALUE,
          (step, time, values) -> {
            steps.add(step);
            assertThat(values).isEqualTo(LogFixture.values(values.length, step));
          });
    }
    assertThat(steps.size()).isGreaterThan((int) heard);
    assertThat(steps.get(0)).isZero();
    assertThat(steps.get(steps.size() - 1)).isEqualTo(steps.size() - 1L);

    ReportLayout layout = LogFixture.layout(Writer.SLOTS);
    try (RunLog again = RunLog.open(file, layout, 64)) {
      assertThat(again.committedStep()).isEqualTo(steps.size() - 1L);
      again.append(LogFixture.report(layout, steps.size()));
      again.appendNow(LogFixture.knob(steps.size()));
      assertThat(again.rows()).isEqualTo(1);
    }
  }

  /** Writes without end and says how far it is committed. */
  static final class Writer {
    static final int SLOTS = 40;

    private Writer() {}

    public static void main(String[] args) throws IOException {
      ReportLayout layout = LogFixture.layout(SLOTS);
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      RunLog log = RunLog.open(Path.of(args[0]), layout, 512);
      log.onCommitted(out::println);
      for (long step = 0; step < 100_000_000; step++) {
        log.append(LogFixture.report(layout, step));
      }
    }
  }
}
