package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.history.RunLogReader;
import dev.sluice.metrics.PerStepSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real runs into a real Prometheus: every step arrives, once, with every bit. */
@Tag("slow")
final class EveryStepTest {
  private static final Logger LOG = LoggerFactory.getLogger(EveryStepTest.class);
  private static final Duration LONG = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void whenPrometheusIsGoneForAWhile_nothingIsMissingAndNothingDoubled() throws Exception {
    Programs.assumeInstalled("prometheus", "prometheus");
    int steps = 20_000;
    try (PrometheusServer prometheus = PrometheusServer.receiver(folder.resolve("p")).start();
        SluiceProcess sluice = start(prometheus, steps, "600")) {
      Path run = sluice.runFolder();
      await().atMost(LONG).until(() -> lastStep(run) > steps / 10);
      prometheus.kill();
      // twenty seconds at its pace
      long killed = lastStep(run);
      await().atMost(LONG).until(() -> lastStep(run) > killed + 12_000);
      assertThat(sluice.isAlive()).isTrue();
      prometheus.start();
      assertThat(sluice.awaitEnd(LONG)).as(sluice.said()).isZero();
      LOG.info("{}", rate(run, steps));
      assertSame(prometheus, run, steps);
    }
  }

  @Test
  void whatAKilledProcessHadNotSent_theNextOneSends() throws Exception {
    Programs.assumeInstalled("prometheus", "prometheus");
    try (PrometheusServer prometheus = PrometheusServer.receiver(folder.resolve("p")).start()) {
      Path run;
      try (SluiceProcess killed = start(prometheus, 100_000, "300")) {
        run = killed.runFolder();
        await().atMost(LONG).until(() -> lastStep(run) > 300);
        prometheus.kill();
        long last = lastStep(run);
        await().atMost(LONG).until(() -> lastStep(run) > last + 600);
        killed.kill();
      }
      prometheus.start();
      int steps = (int) lastStep(run) + 1;
      try (SluiceProcess next = start(prometheus, 50, "100")) {
        await()
            .atMost(LONG)
            .until(
                () ->
                    prometheus.value(
                            "sum(count_over_time(sluice_loss_per_step{run=\""
                                + run.getFileName()
                                + "\"}[1h]))")
                        == steps);
        assertThat(next.awaitEnd(LONG)).as(next.said()).isZero();
      }
      assertSame(prometheus, run, steps);
    }
  }

  private SluiceProcess start(PrometheusServer prometheus, int steps, String pace)
      throws IOException {
    return SluiceProcess.start(
        folder.resolve("s"),
        0,
        "run",
        "wen-li",
        "--steps",
        Integer.toString(steps),
        "--pace",
        pace,
        "--set",
        "batch=64",
        "--remote-write",
        prometheus.writeUrl());
  }

  private static long lastStep(Path run) throws IOException {
    Path database = run.resolve("history.db");
    if (!Files.isRegularFile(database)) {
      return -1;
    }
    try (RunLogReader reader = RunLogReader.open(database)) {
      return reader.lastStep();
    } catch (IOException notYet) {
      return -1;
    }
  }

  private static String rate(Path run, int steps) throws IOException {
    long[] times = new long[2];
    try (RunLogReader reader = RunLogReader.open(run.resolve("history.db"))) {
      reader.scan(0, 0, (step, time, row) -> times[0] = time);
      reader.scan(steps - 1, steps - 1, (step, time, row) -> times[1] = time);
    }
    return String.format("%d steps at %.0f steps/s", steps, 1e3 * steps / (times[1] - times[0]));
  }

  /** Every default series holds, at every step's time, the bits that the history holds. */
  private static void assertSame(PrometheusServer prometheus, Path run, int steps)
      throws IOException {
    String selector = "{run=\"" + run.getFileName() + "\"}";
    try (RunLogReader history = RunLogReader.open(run.resolve("history.db"))) {
      assertThat(history.lastStep()).isEqualTo(steps - 1);
      List<String> wanted = new ArrayList<>(PerStepSeries.defaults());
      for (String name : wanted.stream().map(PerStepSeries::name).distinct().toList()) {
        assertThat(counts(prometheus.query("count_over_time(" + name + selector + "[1h])")))
            .as(name)
            .isNotEmpty()
            .allMatch(count -> count == steps);
        JsonNode result = prometheus.query(name + selector + "[1h]");
        for (JsonNode series : result) {
          assertSame(history, name, series);
        }
        wanted.removeIf(key -> PerStepSeries.name(key).equals(name));
      }
      assertThat(wanted).isEmpty();
    }
  }

  private static List<Long> counts(JsonNode result) {
    List<Long> counts = new ArrayList<>();
    result.forEach(one -> counts.add(one.path("value").get(1).asLong()));
    return counts;
  }

  private static void assertSame(RunLogReader history, String name, JsonNode series) {
    Map<Long, Long> got = new HashMap<>();
    for (JsonNode sample : series.path("values")) {
      long millis = Math.round(sample.get(0).asDouble() * 1000);
      got.put(millis, Double.doubleToRawLongBits(number(sample.get(1).asText())));
    }
    int slot = slot(history.keys(), name, series.path("metric"));
    Map<Long, Long> expected = new HashMap<>();
    history.scan(
        0,
        Long.MAX_VALUE,
        (step, time, row) -> expected.put(time, Double.doubleToRawLongBits(row[slot])));
    assertThat(got).as("%s", series.path("metric")).isEqualTo(expected);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static int slot(List<String> keys, String name, JsonNode metric) {
    for (int slot = 0; slot < keys.size(); slot++) {
      String key = keys.get(slot);
      if (PerStepSeries.defaults().contains(key)
          && PerStepSeries.name(key).equals(name)
          && key.contains("signal=") == metric.has("signal")
          && (!metric.has("signal")
              || key.contains("signal=\"" + metric.path("signal").asText() + "\""))) {
        return slot;
      }
    }
    throw new AssertionError("no slot for " + metric);
  }
}
