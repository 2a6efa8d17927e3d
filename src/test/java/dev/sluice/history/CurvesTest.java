package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CurvesTest {
  private static final ReportLayout LAYOUT = LogFixture.layout(2);

  @TempDir Path folder;

  @Test
  @DisplayName("a bucket keeps the last value, the smallest and the largest")
  void decimates() throws IOException {
    write(3, 1, 2, -5, 9, StepReport.ABSENT);
    try (RunLogReader reader = open()) {
      Curves curves = reader.curves(0, Long.MAX_VALUE, 2);
      assertThat(curves.size()).isEqualTo(2);
      assertThat(curves.step(0)).isEqualTo(2);
      assertThat(curves.step(1)).isEqualTo(5);
      assertThat(curves.timestampMillis(1)).isEqualTo(1005);
      assertThat(curves.rows(0)).isEqualTo(3);
      assertThat(curves.last(0, 0)).isEqualTo(2);
      assertThat(curves.min(0, 0)).isEqualTo(1);
      assertThat(curves.max(0, 0)).isEqualTo(3);
      assertThat(curves.last(0, 1)).as("the last that was measured").isEqualTo(9);
      assertThat(curves.min(0, 1)).isEqualTo(-5);
      assertThat(StepReport.isAbsent(curves.last(1, 0))).as("never measured").isTrue();
      assertThat(StepReport.isAbsent(curves.min(1, 1))).isTrue();
      assertThat(curves.slot("sluice_made_up{slot=\"1\"}")).isEqualTo(1);
      assertThat(curves.slot("sluice_other")).isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("what is not finite is shown where it is last, counted, and never an extreme")
  void notFinite() throws IOException {
    write(1, Double.NaN, Double.POSITIVE_INFINITY, 4, 5, Double.NaN);
    try (RunLogReader reader = open()) {
      Curves curves = reader.curves(0, 5, 1);
      assertThat(curves.last(0, 0)).isNaN();
      assertThat(StepReport.isAbsent(curves.last(0, 0))).isFalse();
      assertThat(curves.nonFinite(0, 0)).isEqualTo(3);
      assertThat(curves.max(0, 0)).isEqualTo(5);
      Curves second = reader.curves(1, 2, 1);
      assertThat(second.last(0, 0)).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(StepReport.isAbsent(second.max(0, 0))).isTrue();
    }
  }

  @Test
  @DisplayName("a bucket each where there is room, and nothing where nothing is")
  void edges() throws IOException {
    write(1, 2, 3);
    try (RunLogReader reader = open()) {
      Curves all = reader.curves(0, Long.MAX_VALUE, 1000);
      assertThat(all.size()).isEqualTo(3);
      assertThat(all.rows(1)).isEqualTo(1);
      assertThat(reader.curves(7, 9, 10).size()).isZero();
      assertThat(reader.curves(2, 2, 10).size()).isEqualTo(1);
      assertThatThrownBy(() -> reader.curves(0, 1, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("curves need at least one bucket: 0");
    }
  }

  @Test
  @DisplayName("an open log with no step yet has empty curves, and its events")
  void empty() throws IOException {
    try (RunLog log = RunLog.open(folder.resolve("history.db"), LAYOUT, 16)) {
      log.appendNow(LogFixture.knob(0));
      try (RunLogReader reader = open()) {
        Curves curves = reader.curves(0, Long.MAX_VALUE, 100);
        assertThat(curves.size()).isZero();
        assertThat(curves.events()).hasSize(1);
        assertThat(reader.lastStep()).isEqualTo(-1);
      }
    }
  }

  @Test
  @DisplayName("a file that is not there is named")
  void missing() {
    Path file = folder.resolve("nothing.db");
    assertThatThrownBy(() -> RunLogReader.open(file)).hasMessage("no history in " + file);
  }

  private void write(double... first) throws IOException {
    try (RunLog log = RunLog.open(folder.resolve("history.db"), LAYOUT, 64)) {
      for (int step = 0; step < first.length; step++) {
        double[] values = LAYOUT.emptyValues();
        values[0] = first[step];
        log.append(new StepReport("run", step, 1000 + step, LAYOUT, values));
      }
    }
  }

  private RunLogReader open() throws IOException {
    return RunLogReader.open(folder.resolve("history.db"));
  }
}
