package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.history.RunLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was never sent, put into a real Prometheus afterwards, as README says. */
@Tag("slow")
final class BackfillTest {
  private static final int STEPS = 2_500;

  @TempDir Path folder;

  @Test
  void anExportedRun_isInPrometheusWithEveryStep() throws Exception {
    Programs.assumeInstalled("prometheus", "prometheus");
    Programs.assumeInstalled("promtool", "prometheus");
    Path run;
    try (SluiceProcess sluice =
        SluiceProcess.start(
            folder,
            0,
            "run",
            "wen-li",
            "--steps",
            Integer.toString(STEPS),
            "--set",
            "batch=64",
            "--pace",
            "500")) {
      run = sluice.runFolder();
      assertThat(sluice.awaitEnd(Duration.ofMinutes(4))).as(sluice.said()).isZero();
    }
    Path file = folder.resolve("steps.om");
    Programs.Said exported =
        Programs.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sluice.Main",
            "export",
            run.toString(),
            "--format",
            "openmetrics",
            "--output",
            file.toString());
    assertThat(exported.status()).as(exported.text()).isZero();
    try (PrometheusServer prometheus = PrometheusServer.receiver(folder.resolve("p"))) {
      Files.createDirectories(prometheus.data());
      Programs.Said blocks =
          Programs.run(
              "promtool",
              "tsdb",
              "create-blocks-from",
              "openmetrics",
              file.toString(),
              prometheus.data().toString());
      assertThat(blocks.status()).as(blocks.text()).isZero();
      prometheus.start();
      assertSame(prometheus, run);
    }
  }

  private static void assertSame(PrometheusServer prometheus, Path run) throws IOException {
    String selector = "sluice_loss_per_step{run=\"" + run.getFileName() + "\",part=\"total\"}[1h]";
    List<JsonNode> series = list(prometheus.query(selector));
    assertThat(series).hasSize(1);
    List<JsonNode> samples = list(series.get(0).path("values"));
    assertThat(samples).hasSize(STEPS);
    try (RunLogReader history = RunLogReader.open(run.resolve("history.db"))) {
      int slot = history.keys().indexOf("sluice_loss{part=\"total\"}");
      history.scan(
          0,
          STEPS,
          (step, time, row) -> {
            JsonNode sample = samples.get((int) step);
            assertThat(Math.round(sample.get(0).asDouble() * 1000)).isEqualTo(time);
            assertThat(Double.parseDouble(sample.get(1).asText())).isEqualTo(row[slot]);
          });
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    return Stream.iterate(0, index -> index + 1).limit(array.size()).map(array::get).toList();
  }
}
