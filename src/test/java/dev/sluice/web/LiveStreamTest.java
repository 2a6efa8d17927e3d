package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.event.CollapseKind;
import dev.sluice.event.Knob;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunState;
import dev.sluice.event.Series;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.SampleRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveStreamTest {
  private static final String LOSS = "sluice_loss{part=\"total\"}";
  private static final String DENSE = "sluice_pair_correlation{layer=\"encoder\",signal=\"dense\"}";

  private final Served served =
      new Served(new WebOptions(Host.LOCAL, 0, null, 0, new WebOptions.Live(3, 20, 200, 64, 8)));
  private final SampleRun run = new SampleRun("a");

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void stream_beginsWithRunsHistoryAndSnapshots() {
    begin(run);
    for (int step = 0; step < 10; step++) {
      served.publish(run.report(step, Map.of(SampleRun.TOTAL_LOSS, 5 - step / 3.0)));
    }
    served.publish(
        new Snapshot("a", 9, Snapshot.Kind.FILTERS, 1, 3, new float[] {0.123456f, -1, Float.NaN}));
    awaitStep("a", 9);
    try (SseReader reader = served.stream()) {
      assertThat(reader.response.headers().firstValue("content-type"))
          .hasValue("text/event-stream; charset=utf-8");
      await().until(() -> reader.messages().size() >= 3);
      List<SseReader.Message> messages = reader.messages();
      assertThat(messages.subList(0, 3))
          .extracting(SseReader.Message::event)
          .containsExactly("runs", "history", "snapshot");
      assertThat(messages.get(0).data().at("/runs/0/run").asText()).isEqualTo("a");
      JsonNode history = messages.get(1).data();
      assertThat(history.get("steps")).hasToString("[0,1,2,3,4,5,6,7,8,9]");
      assertThat(history.at("/times/9").asLong()).isEqualTo(1_000_009);
      assertThat(history.get("series").fieldNames()).toIterable().containsExactly(LOSS);
      JsonNode loss = history.get("series").get(LOSS);
      assertThat(loss.fieldNames()).toIterable().containsExactly("last");
      assertThat(loss.at("/last/1").asDouble()).isEqualTo(4.66667);
      assertThat(messages.get(2).data())
          .hasToString(
              "{\"run\":\"a\",\"step\":9,\"kind\":\"filters\",\"rows\":1,\"columns\":3,"
                  + "\"values\":[0.1235,-1,\"NaN\"]}");
    }
  }

  @Test
  void longHistory_keepsItsLargestAndSmallestValues() {
    begin(run);
    for (int step = 0; step < 1000; step++) {
      served.publish(
          run.report(
              step, Map.of(SampleRun.TOTAL_LOSS, step == 500 ? 99.5 : step == 600 ? -7.5 : 1)));
    }
    awaitStep("a", 999);
    try (SseReader reader = served.stream()) {
      await().until(() -> !reader.messages("history").isEmpty());
      JsonNode history = reader.messages("history").get(0).data();
      assertThat(history.get("steps").size()).isBetween(32, 64);
      assertThat(doubles(history.at("/series").get(LOSS).get("max"))).contains(99.5);
      assertThat(doubles(history.at("/series").get(LOSS).get("min"))).contains(-7.5);
    }
  }

  @Test
  void everyStepArrivesOnce_inOrder_afterTheHistory() {
    begin(run);
    publishSteps(0, 3);
    awaitStep("a", 2);
    try (SseReader reader = served.stream()) {
      await().until(() -> !reader.messages("history").isEmpty());
      for (int step = 3; step < 60; step++) {
        publishSteps(step, step + 1);
        if (step % 4 == 0) {
          long wanted = step;
          await().until(() -> steps(reader, "a").contains(wanted));
        }
      }
      await().until(() -> steps(reader, "a").contains(59L));
      assertThat(steps(reader, "a")).isEqualTo(LongStream.range(0, 60).boxed().toList());
    }
  }

  @Test
  void moreStepsThanAScreenCanShow_areDrawnTogether() {
    begin(run);
    awaitRun("a");
    try (SseReader reader = served.stream()) {
      await().until(() -> !reader.messages("runs").isEmpty());
      publishSteps(0, 1);
      await().until(() -> steps(reader, "a").contains(0L));
      for (int step = 1; step <= 400; step++) {
        served.publish(run.report(step, Map.of(SampleRun.TOTAL_LOSS, step == 200 ? 50.5 : 1)));
      }
      await().until(() -> steps(reader, "a").contains(400L));
      List<JsonNode> frames =
          reader.messages("steps").stream().map(SseReader.Message::data).toList();
      assertThat(frames)
          .allSatisfy(frame -> assertThat(frame.get("steps").size()).isLessThanOrEqualTo(8));
      assertThat(steps(reader, "a")).isSorted().doesNotHaveDuplicates().hasSizeLessThan(300);
      assertThat(frames.stream().flatMap(frame -> largest(frame).stream())).contains(50.5);
    }
  }

  @Test
  void whatIsNotMeasured_isNullOrLeftOut_andNanIsAWord() {
    begin(run);
    served.publish(run.report(0, Map.of(SampleRun.TOTAL_LOSS, Double.NaN)));
    served.publish(run.report(1, Map.of(SampleRun.DENSE, Double.NEGATIVE_INFINITY)));
    awaitStep("a", 1);
    try (SseReader reader = served.stream()) {
      await().until(() -> !reader.messages("history").isEmpty());
      JsonNode series = reader.messages("history").get(0).data().get("series");
      assertThat(series.get(LOSS).get("last")).hasToString("[\"NaN\",null]");
      assertThat(series.get(DENSE).get("last")).hasToString("[null,\"-Infinity\"]");
      assertThat(series).hasSize(2);
    }
  }

  @Test
  void whatHappens_isTold() {
    begin(run);
    awaitRun("a");
    try (SseReader reader = served.stream()) {
      await().until(() -> !reader.messages("runs").isEmpty());
      served.publish(new RunEvent.KnobChanged("a", 3, 30, Knob.KEEP, 0.5, 0.75));
      served.publish(
          new RunEvent.CollapseChanged(
              "a",
              4,
              40,
              CollapseKind.NO_LEARNING,
              RunEvent.CollapseChanged.Severity.CRITICAL,
              "loss at chance"));
      served.publish(new RunEvent.StageEntered("a", 5, 50, 2));
      await().until(() -> reader.messages("event").size() == 3);
      assertThat(reader.messages("event").get(0).data())
          .hasToString(
              "{\"run\":\"a\",\"step\":3,\"time\":30,\"label\":\"knob_changed\","
                  + "\"text\":\"keep 0.5 -> 0.75\",\"knob\":\"keep\",\"from\":0.5,\"to\":0.75}");
      JsonNode collapse = reader.messages("event").get(1).data();
      assertThat(collapse.get("kind").asText()).isEqualTo("no_learning");
      assertThat(collapse.get("severity").asText()).isEqualTo("critical");
      assertThat(reader.messages("event").get(2).data().get("stage").asInt()).isEqualTo(2);

      served.publish(run.state(RunState.PAUSED, 6));
      await().until(() -> !reader.messages("run").isEmpty());
      JsonNode paused = reader.messages("run").get(0).data();
      assertThat(paused.get("state").asText()).isEqualTo("paused");
      assertThat(paused.at("/knobs/keep/value").asDouble()).isEqualTo(0.75);
    }
  }

  @Test
  void newRun_isToldWithItsCurves() {
    try (SseReader reader = served.stream()) {
      await().until(() -> !reader.messages("runs").isEmpty());
      begin(run);
      publishSteps(0, 5);
      await().until(() -> steps(reader, "a").contains(4L));
      assertThat(reader.messages("run")).isNotEmpty();
      assertThat(steps(reader, "a")).containsExactly(0L, 1L, 2L, 3L, 4L);
      begin(run);
      served.publish(run.report(0, Map.of(SampleRun.TOTAL_LOSS, 1.0)));
      await().until(() -> reader.messages("run").size() == 2);
      await()
          .until(
              () -> {
                List<SseReader.Message> messages = reader.messages();
                JsonNode last = messages.get(messages.size() - 1).data();
                return last.path("steps").size() == 1 && last.at("/steps/0").asLong() == 0;
              });
    }
  }

  @Test
  void snapshots_comeAsTheyAreMade_theNewestOfEachKind() {
    begin(run);
    awaitRun("a");
    try (SseReader reader = served.stream()) {
      await().until(() -> !reader.messages("runs").isEmpty());
      for (int step = 0; step < 50; step++) {
        served.publish(snapshot(step));
      }
      await()
          .until(
              () ->
                  reader.messages("snapshot").stream()
                      .anyMatch(message -> message.data().get("step").asLong() == 49));
      assertThat(reader.messages("snapshot").size()).isLessThan(20);
      assertThat(reader.messages("snapshot"))
          .extracting(message -> message.data().get("step").asLong())
          .doesNotHaveDuplicates()
          .isSorted();
    }
  }

  @Test
  void silentStream_isKeptAlive() {
    try (SseReader reader = served.stream()) {
      await().until(() -> reader.comments() >= 2);
      assertThat(reader.messages()).hasSize(1);
    }
  }

  @Test
  void clientsAreCounted_andLimited() {
    SseReader first = served.stream();
    try (SseReader second = served.stream();
        SseReader third = served.stream()) {
      awaitMetric("sluice_stream_clients{transport=\"sse\"} 3.0");
      assertThat(served.get("/api/stream").statusCode()).isEqualTo(503);
      assertThat(served.get("/api/stream").body()).contains("3 clients");
      first.close();
      awaitMetric("sluice_stream_clients{transport=\"sse\"} 2.0");
      assertThat(List.of(second.hasEnded(), third.hasEnded())).containsOnly(false);
    }
    awaitMetric("sluice_stream_clients{transport=\"sse\"} 0.0");
  }

  @Test
  void slowClient_isLeftOutAndCounted_delaysNobody_andCatchesUp() throws Exception {
    SampleRun wide = wide(2000);
    begin(wide);
    awaitRun("wide");
    try (SseReader fast = served.stream();
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new java.net.InetSocketAddress("127.0.0.1", served.server.port()));
      slow.getOutputStream()
          .write(
              "GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      awaitMetric("sluice_stream_clients{transport=\"sse\"} 2.0");

      long step = 0;
      while (dropped() < 10) {
        for (int i = 0; i < 8; i++) {
          served.publish(noise(wide, step++));
        }
        long published = step - 1;
        await().atMost(Duration.ofSeconds(5)).until(() -> steps(fast, "wide").contains(published));
      }
      assertThat(steps(fast, "wide")).isSorted().doesNotHaveDuplicates();

      long last = step - 1;
      served.publish(wide.state(RunState.FINISHED, last));
      slow.setSoTimeout(10_000);
      BufferedReader late =
          new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
      readUntil(late, "\"state\":\"finished\"");
      readUntil(late, last + "],\"times\"");
    }
  }

  @Test
  void endOfTheServer_endsTheStream() {
    SseReader reader = served.stream();
    await().until(() -> !reader.messages().isEmpty());
    served.vertx.undeploy(served.server.deploymentID());
    await().until(reader::hasEnded);
    assertThat(reader.messages("runs")).hasSize(1);
  }

  /** A run with so many series that a socket soon has enough of it. */
  private static SampleRun wide(int count) {
    MetricSpec spec = MetricSpec.gauge("wide", "1", "Many values.", "a test", List.of("kind"));
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      series.add(spec.with("value" + i));
    }
    return new SampleRun("wide", new ReportLayout(series), 0);
  }

  private static StepReport noise(SampleRun run, long step) {
    double[] values = run.layout().emptyValues();
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = Math.sin(step * 7919.0 + slot);
    }
    return new StepReport("wide", step, step, run.layout(), values);
  }

  private static void readUntil(BufferedReader lines, String wanted) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.contains(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).as("stream ended before " + wanted).isNotNull();
  }

  private void begin(SampleRun begun) {
    served.publish(begun.started());
  }

  private void publishSteps(long from, long to) {
    for (long step = from; step < to; step++) {
      served.publish(run.report(step, Map.of(SampleRun.TOTAL_LOSS, 5.0 - step)));
    }
  }

  private static Snapshot snapshot(long step) {
    return new Snapshot("a", step, Snapshot.Kind.SPECTRUM, 1, 2, new float[] {2, 1});
  }

  private void awaitRun(String name) {
    await().until(() -> served.get("/api/runs").body().contains("\"run\":\"" + name + "\""));
  }

  private void awaitStep(String name, long step) {
    await()
        .until(
            () ->
                served
                    .get("/health/ready")
                    .body()
                    .contains("\"" + name + "\":{\"state\":\"running\",\"step\":" + step + "}"));
  }

  private void awaitMetric(String line) {
    await().until(() -> served.get("/metrics").body().contains(line));
  }

  private double dropped() {
    return served
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("sluice_dropped_total{sink=\"live\"} "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .sum();
  }

  /** Every step of a run's curves that the reader got, in order. */
  private static List<Long> steps(SseReader reader, String name) {
    return reader.messages().stream()
        .filter(message -> message.event().equals("history") || message.event().equals("steps"))
        .filter(message -> message.run().equals(name))
        .flatMap(message -> longs(message.data().get("steps")).stream())
        .toList();
  }

  private static List<Double> largest(JsonNode frame) {
    JsonNode loss = frame.get("series").get(LOSS);
    return doubles(loss.has("max") ? loss.get("max") : loss.get("last"));
  }

  private static List<Long> longs(JsonNode array) {
    List<Long> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asLong()));
    return values;
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values;
  }
}
