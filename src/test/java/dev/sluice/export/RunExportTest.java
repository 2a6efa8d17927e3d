package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.export.RunExport.Format;
import dev.sluice.history.RunLogReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunExportTest {
  private static final SeriesChoice ALL = SeriesChoice.of(List.of(SeriesChoice.ALL));

  @TempDir Path data;

  private String write(Path database, Format format, SeriesChoice series, long from, long to)
      throws IOException {
    try (RunLogReader history = RunLogReader.open(database)) {
      StringWriter out = new StringWriter();
      RunExport.of(history, "a", series, from, to).write(format, out);
      return out.toString();
    }
  }

  @Test
  void csv_hasALineAStep_withEveryBit_andWhatWasNotMeasuredIsEmpty() throws IOException {
    Path database = Histories.write(data, "a", 5000);
    List<String> lines = write(database, Format.CSV, ALL, 0, Long.MAX_VALUE).lines().toList();
    assertThat(lines).hasSize(5001);
    assertThat(lines.get(0))
        .isEqualTo(
            "step,timestamp_ms,\"sluice_made_up\",\"sluice_loss{part=\"\"total\"\"}\","
                + "\"sluice_learning_rate\",\"sluice_seldom{kind=\"\"a\"\"}\"");
    assertThat(lines.get(11))
        .startsWith("10," + (Histories.START + 10) + ",-10.0,")
        .endsWith(",10.0");
    assertThat(lines.get(12)).endsWith(",");
    for (int step = 0; step < 5000; step++) {
      assertThat(Double.parseDouble(lines.get(step + 1).split(",")[3]))
          .isEqualTo(Histories.loss(step));
    }
  }

  @Test
  void whatIsNotFinite_isWrittenAsSuch() throws IOException {
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    Path database =
        Histories.write(data, "a", 3, step -> Histories.START + step, step -> odd[(int) step]);
    assertThat(write(database, Format.CSV, SeriesChoice.of(List.of("sluice_loss")), 0, 9))
        .contains(",NaN\n", ",Infinity\n", ",-Infinity\n");
    assertThat(write(database, Format.NDJSON, SeriesChoice.of(List.of("sluice_loss")), 0, 9))
        .contains("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");
    assertThat(write(database, Format.OPENMETRICS, SeriesChoice.standard(), 0, 9))
        .contains("} NaN 1700000000.000\n", "} +Inf 1700000000.001\n", "} -Inf 1700000000.002\n");
  }

  @Test
  void ndjson_isAnObjectALine() throws IOException {
    Path database = Histories.write(data, "a", 30);
    List<String> lines = write(database, Format.NDJSON, ALL, 9, 11).lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode tenth = new ObjectMapper().readTree(lines.get(1));
    assertThat(tenth.path("step").asLong()).isEqualTo(10);
    assertThat(tenth.path("timestamp_ms").asLong()).isEqualTo(Histories.START + 10);
    assertThat(tenth.path("values").path("sluice_loss{part=\"total\"}").asDouble())
        .isEqualTo(Histories.loss(10));
    assertThat(tenth.path("values").has("sluice_seldom{kind=\"a\"}")).isTrue();
    assertThat(
            new ObjectMapper()
                .readTree(lines.get(0))
                .path("values")
                .has("sluice_seldom{kind=\"a\"}"))
        .isFalse();
  }

  @Test
  void openMetrics_hasEverySeriesInOnePiece_andAnEnd() throws IOException {
    Path database = Histories.write(data, "a", 100);
    assertThat(write(database, Format.OPENMETRICS, SeriesChoice.standard(), 98, 200))
        .isEqualTo(
            """
            # TYPE sluice_loss_per_step gauge
            sluice_loss_per_step{part="total",run="a"} %s 1700000000.098
            sluice_loss_per_step{part="total",run="a"} %s 1700000000.099
            # TYPE sluice_learning_rate_per_step gauge
            sluice_learning_rate_per_step{run="a"} %s 1700000000.098
            sluice_learning_rate_per_step{run="a"} %s 1700000000.099
            # EOF
            """
                .formatted(Histories.loss(98), Histories.loss(99), 0.1 / 99, 0.1 / 100));
  }

  @Test
  void openMetrics_ofStepsThatShareATime_keepsSmallestAndLargest() throws IOException {
    Path database =
        Histories.write(data, "a", 4, step -> Histories.START + step / 2, step -> (double) step);
    assertThat(write(database, Format.OPENMETRICS, SeriesChoice.of(List.of("sluice_loss")), 0, 3))
        .contains(
            "sluice_loss_per_step{part=\"total\",run=\"a\"} 1.0 1700000000.000\n",
            "sluice_loss_per_step_min{part=\"total\",run=\"a\"} 0.0 1700000000.000\n",
            "sluice_loss_per_step_max{part=\"total\",run=\"a\"} 3.0 1700000000.001\n");
  }

  @Test
  void openMetrics_hasASmallestAndLargestOnlyOfSamplesOfSeveralSteps() throws IOException {
    Path database =
        Histories.write(
            data, "a", 3, step -> Histories.START + Math.min(step, 1), step -> (double) step);
    assertThat(write(database, Format.OPENMETRICS, SeriesChoice.of(List.of("sluice_loss")), 0, 2))
        .contains("_min{part=\"total\",run=\"a\"} 1.0 1700000000.001\n")
        .doesNotContain("_min{part=\"total\",run=\"a\"} 0.0");
  }

  @Test
  void aRunWithoutSteps_isAnEmptyTable() throws IOException {
    Path database = Histories.write(data, "a", 0);
    assertThat(write(database, Format.OPENMETRICS, SeriesChoice.standard(), 0, 9))
        .endsWith("# EOF\n")
        .doesNotContain("run=");
    assertThat(write(database, Format.CSV, ALL, 0, 9)).hasLineCount(1);
    assertThat(write(database, Format.NDJSON, ALL, 0, 9)).isEmpty();
  }

  @Test
  void aFullDisk_isSaid() throws IOException {
    Path database = Histories.write(data, "a", 50);
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    try (RunLogReader history = RunLogReader.open(database)) {
      RunExport export = RunExport.of(history, "a", ALL, 0, 49);
      for (Format format : Format.values()) {
        Assertions.assertThatThrownBy(() -> export.write(format, full))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("No space left");
      }
    }
  }

  @Test
  void aWordThatNamesNothing_isFound() {
    List<String> keys = List.of("sluice_loss{part=\"total\"}", "sluice_learning_rate");
    assertThat(SeriesChoice.of(List.of("default", "all", "sluice_loss")).unknownTo(keys)).isEmpty();
    assertThat(SeriesChoice.of(List.of("sluice_loss{part=\"total\"}")).unknownTo(keys)).isEmpty();
    assertThat(SeriesChoice.of(List.of("sluice_los")).unknownTo(keys)).isEqualTo("sluice_los");
  }
}
