package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.event.Control;
import dev.sluice.event.Knob;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunState;
import dev.sluice.metrics.Catalogue;
import dev.sluice.metrics.SampleRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebServerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Served served = new Served();
  private final SampleRun run = new SampleRun("photos-mask");

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void live_saysSo() throws IOException {
    HttpResponse<String> answer = served.get("/health/live");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("status").asText()).isEqualTo("live");
  }

  @Test
  void ready_waitsForTheFirstStepOfEachRun() throws IOException {
    start();
    HttpResponse<String> before = served.get("/health/ready");
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(json(before).get("reason").asText()).contains("photos-mask").contains("step");
    served.publish(run.report(0, Map.of(SampleRun.TOTAL_LOSS, 5.5)));
    await().until(() -> served.get("/health/ready").statusCode() == 200);
    assertThat(json(served.get("/health/ready")).at("/runs/photos-mask/step").asLong()).isZero();
  }

  @Test
  void ready_waitsForTheRunsItWasToldToExpect() throws IOException {
    try (Served expecting = new Served(WebOptions.local(0).expecting(2))) {
      HttpResponse<String> answer = expecting.get("/health/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).get("reason").asText()).isEqualTo("0 of 2 runs have started");
    }
  }

  @Test
  void pausedRunWithoutAStep_doesNotHoldReadinessUp() {
    start();
    served.publish(run.state(RunState.PAUSED, 0));
    await().until(() -> served.get("/health/ready").statusCode() == 200);
  }

  @Test
  void runs_sayEverythingThePageNeeds() throws IOException {
    start();
    served.publish(run.report(4, Map.of(SampleRun.TOTAL_LOSS, 5.5)));
    served.publish(new RunEvent.KnobChanged("photos-mask", 5, 1_000_005, Knob.OVERLAP, 0.5, 1));
    served.publish(new RunEvent.StateChanged("photos-mask", 6, 1_000_006, RunState.FAILED, "NaN"));
    await().until(() -> served.get("/api/runs").body().contains("\"failed\""));
    JsonNode shown = json(served.get("/api/runs")).at("/runs/0");
    assertThat(shown.get("run").asText()).isEqualTo("photos-mask");
    assertThat(shown.get("step").asLong()).isEqualTo(4);
    assertThat(shown.get("reason").asText()).isEqualTo("NaN");
    assertThat(shown.at("/knobs/overlap/value").asDouble()).isEqualTo(1);
    assertThat(shown.at("/knobs/keep/max").asDouble()).isEqualTo(0.95);
    assertThat(shown.at("/settings/batch").asText()).isEqualTo("256");
    assertThat(shown.at("/cadences/decomposition").asInt()).isEqualTo(50);
    assertThat(shown.at("/series/0").asText()).isEqualTo("sluice_loss{part=\"total\"}");
    assertThat(shown.get("events")).hasSize(3);
    assertThat(shown.at("/events/1/knob").asText()).isEqualTo("overlap");
    assertThat(shown.at("/events/1/to").asDouble()).isEqualTo(1);
    assertThat(shown.fieldNames())
        .toIterable()
        .contains(
            "recipe",
            "preset",
            "seed",
            "horizon",
            "lastStep",
            "state",
            "groundTruth",
            "tileSide",
            "loss",
            "source",
            "backend",
            "startMillis",
            "bands");
  }

  @Test
  void catalogue_listsEveryMetric() throws IOException {
    JsonNode metrics = json(served.get("/api/catalogue")).get("metrics");
    assertThat(metrics).hasSameSizeAs(Catalogue.complete().entries());
    assertThat(metrics)
        .anySatisfy(
            metric -> {
              assertThat(metric.get("name").asText()).isEqualTo("sluice_phase_seconds_total");
              assertThat(metric.get("type").asText()).isEqualTo("counter");
              assertThat(metric.get("unit").asText()).isEqualTo("seconds");
              assertThat(metric.get("labels")).hasToString("[\"run\",\"phase\"]");
            });
  }

  @Test
  void metrics_areTextUnlessOpenMetricsIsAskedFor() {
    start();
    served.publish(run.report(0, Map.of(SampleRun.TOTAL_LOSS, -0.5)));
    HttpResponse<String> text = served.get("/metrics");
    assertThat(type(text)).startsWith("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text.body())
        .contains("sluice_loss{part=\"total\",run=\"photos-mask\"} -0.5\n")
        .contains("sluice_stream_clients{transport=\"sse\"} 0.0")
        .doesNotContain("# EOF");
    HttpResponse<String> open =
        served.get(
            "/metrics",
            "Accept",
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
                + "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
    assertThat(type(open)).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(open.body())
        .contains("# TYPE sluice_run info\n", "sluice_run_info{")
        .doesNotContain("_created")
        .endsWith("# EOF\n");
  }

  @Test
  void metrics_areCompressedWhenTheClientCan() throws IOException {
    HttpResponse<byte[]> answer =
        served.send(
            served.request("/metrics").header("Accept-Encoding", "deflate, gzip;q=0.5"),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.headers().allValues("content-encoding")).containsExactly("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("sluice_build_info");
    }
    assertThat(served.get("/metrics", "Accept-Encoding", "gzip;q=0").headers().map())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void knob_isAskedForOnTheBus_andTheAnswerSaysFromWhichStep() {
    start();
    served.answerControl("photos-mask", 77, 0);
    HttpResponse<String> answer = served.post("/api/runs/photos-mask/knobs", "{\"overlap\": 1}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"step\":77}");
    assertThat(served.asked).containsExactly(new Control.MoveKnob(Knob.OVERLAP, 1));
  }

  @Test
  void twoKnobsAtOnce_areRefusedAndNothingIsAsked() {
    start();
    served.answerControl("photos-mask", 77, 0);
    HttpResponse<String> answer =
        served.post("/api/runs/photos-mask/knobs", "{\"overlap\": 1, \"pace\": 20}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("one knob at a time, given 2");
    assertThat(served.asked).isEmpty();
  }

  @Test
  void pauseResumeAndStop_areAskedFor() {
    start();
    served.answerControl("photos-mask", 5, 0);
    for (String what : new String[] {"pause", "resume", "stop"}) {
      assertThat(served.post("/api/runs/photos-mask/" + what, "{}").body())
          .isEqualTo("{\"step\":5}");
    }
    assertThat(served.asked)
        .containsExactly(new Control.Pause(), new Control.Resume(), new Control.Stop());
  }

  @Test
  void refusalOfTheRun_isPassedOn() throws IOException {
    start();
    served.answerControl("photos-mask", 0, 400);
    HttpResponse<String> answer = served.post("/api/runs/photos-mask/knobs", "{\"pace\": 200}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo("pace must be below 100: 200");
  }

  @Test
  void runThatHasEnded_takesNoOrders() throws IOException {
    start();
    assertThat(served.post("/api/runs/photos-mask/pause", "{}").statusCode()).isEqualTo(409);
    served.publish(run.state(RunState.FINISHED, 9));
    await()
        .untilAsserted(
            () ->
                assertThat(error(served.post("/api/runs/photos-mask/pause", "{}")))
                    .contains("finished"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/runs/photo-mask/knobs | {\"pace\":1} | 404 | no run photo-mask; did you mean photos-mask? Known: photos-mask",
        "/api/runs/photos-mask/knobs | {\"overlp\":1} | 400 | no knob overlp; did you mean overlap? Known: overlap, keep,",
        "/api/runs/photos-mask/knobs | {\"overlap\":1.5} | 400 | overlap must be a number in [0.0, 1.0]: 1.5",
        "/api/runs/photos-mask/knobs | {\"overlap\":\"1\"} | 400 | overlap must be a number in [0.0, 1.0]: \"1\"",
        "/api/runs/photos-mask/knobs | {\"overlap\":NaN} | 400 | a JSON object is expected",
        "/api/runs/photos-mask/knobs | {\"overlap\":1e999} | 400 | overlap must be a number",
        "/api/runs/photos-mask/knobs | {\"overlap\":1, \"keep\":0} | 400 | keep must be a number in [0.05, 0.95]: 0",
        "/api/runs/photos-mask/knobs | {} | 400 | no knob given; known: overlap",
        "/api/runs/photos-mask/knobs | [1] | 400 | a JSON object is expected",
        "/api/runs/photos-mask/knobs | {\"overlap\": | 400 | a JSON object is expected",
        "/api/runs/photos-mask/knobs | `` | 400 | a JSON object is expected",
        "/api/runs/photos-mask/explode | {} | 404 | there is no /api/runs/photos-mask/explode",
        "/api/runs | {} | 405 | POST is not allowed on /api/runs",
      })
  void badInput_isAnsweredAndChangesNothing(String path, String body, int status, String words)
      throws IOException {
    start();
    served.answerControl("photos-mask", 1, 0);
    HttpResponse<String> answer = served.post(path, body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(error(answer)).contains(words).doesNotContain("\n").doesNotContain("Exception");
    assertThat(served.asked).isEmpty();
  }

  @Test
  void bodyThatIsTooLarge_isRefused() throws IOException {
    start();
    HttpResponse<String> answer =
        served.post("/api/runs/photos-mask/knobs", "{\"overlap\":" + "1".repeat(70_000) + "}");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(error(answer)).contains("64 KiB");
  }

  @Test
  void postThatIsNotJson_isRefused() {
    start();
    served.answerControl("photos-mask", 1, 0);
    assertThat(
            served
                .post("/api/runs/photos-mask/stop", "a=1", "Content-Type", "text/plain")
                .statusCode())
        .isEqualTo(415);
    assertThat(served.asked).isEmpty();
  }

  @Test
  void postFromAnotherSite_isRefused_andFromOursTaken() {
    start();
    served.answerControl("photos-mask", 1, 0);
    String path = "/api/runs/photos-mask/stop";
    for (String origin : new String[] {"http://evil.example", "null", "http://localhost:1"}) {
      assertThat(
              served
                  .post(path, "{}", "Content-Type", "application/json", "Origin", origin)
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(served.asked).isEmpty();
    String ours = "http://127.0.0.1:" + served.server.port();
    assertThat(
            served
                .post(path, "{}", "Content-Type", "application/json; charset=utf-8", "Origin", ours)
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "10.0.0.1",
        "127.0.0.1.nip.io"
      })
  void hostThatIsNotThisMachine_isRefused(String host) throws IOException {
    for (String path : new String[] {"/", "/metrics", "/api/runs", "/api/stream"}) {
      HttpResponse<String> answer = served.get(path, "Host", host);
      assertThat(answer.statusCode()).isEqualTo(421);
      assertThat(error(answer)).contains("localhost");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9000", "127.0.0.1:80", "[::1]:8080"})
  void hostThatIsThisMachine_isAnswered(String host) {
    assertThat(served.get("/health/live", "Host", host).statusCode()).isEqualTo(200);
  }

  @Test
  void unknownPath_isAnsweredInJson() throws IOException {
    HttpResponse<String> answer = served.get("/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer)).isEqualTo("there is no /nowhere");
  }

  @Test
  void everyAnswer_hasTheSecurityHeaders() {
    for (String path : new String[] {"/health/live", "/metrics", "/nowhere"}) {
      assertThat(served.get(path).headers().map())
          .containsKeys("content-security-policy", "x-content-type-options", "referrer-policy");
    }
    assertThat(served.get("/api/runs").headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self';"));
  }

  @Test
  void largeJson_isCompressedWhenTheClientCan() {
    HttpResponse<byte[]> answer =
        served.send(
            served.request("/api/catalogue").header("Accept-Encoding", "gzip"),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.headers().allValues("content-encoding")).containsExactly("gzip");
  }

  @Test
  void chartLibrary_comesFromItsWebJar_forEver() {
    String path = "/webjars/echarts/5.3.1/dist/echarts.min.js";
    HttpResponse<String> answer = served.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(type(answer)).startsWith("text/javascript");
    assertThat(answer.body()).hasSize(1_016_420 - utf8Surplus(answer.body()));
    assertThat(answer.headers().firstValue("cache-control"))
        .hasValueSatisfying(caching -> assertThat(caching).contains("immutable"));
    String tag = answer.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again = served.get(path, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    HttpResponse<byte[]> compressed =
        served.send(
            served.request(path).header("Accept-Encoding", "gzip"),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(compressed.headers().allValues("content-encoding")).containsExactly("gzip");
    assertThat(compressed.body()).hasSizeLessThan(400_000);
  }

  @Test
  void page_isAtTheRoot_andEverythingItNamesIsThere() {
    HttpResponse<String> page = served.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(type(page)).isEqualTo("text/html; charset=utf-8");
    Matcher names = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page.body());
    List<String> paths = names.results().map(name -> name.group(1)).toList();
    assertThat(paths)
        .contains("/web/main.js", "/metrics")
        .allSatisfy(path -> assertThat(served.get(path).statusCode()).isEqualTo(200));
  }

  @Test
  void fileOfThePage_isAskedForAgain_butSentOnlyWhenItHasChanged() {
    HttpResponse<String> answer = served.get("/web/sample/colours.css");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(type(answer)).isEqualTo("text/css; charset=utf-8");
    assertThat(answer.body()).startsWith("body {");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-cache");
    String tag = answer.headers().firstValue("etag").orElseThrow();
    assertThat(served.get("/web/sample/colours.css", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/web/../dev/sluice/web/WebServer.class",
        "/web/%2e%2e/logback.xml",
        "/web/..%2flogback.xml",
        "/webjars/%2e%2e/%2e%2e/MANIFEST.MF",
        "/web/",
        "/web/.hidden.js",
        "/web/none.js",
        "/webjars/echarts/5.3.1/LICENSE",
        "/webjars/echarts/"
      })
  void whatIsNoFileOfThePage_isNotThere(String path) {
    assertThat(served.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void busyPort_saysWhichAndWhatToDo() {
    WebServer second =
        new WebServer(
            WebOptions.local(served.server.port()),
            new io.prometheus.metrics.model.registry.PrometheusRegistry(),
            null);
    assertThatThrownBy(
            () ->
                served
                    .vertx
                    .deployVerticle(second)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(PortBusyException.class)
        .hasMessageContaining("port " + served.server.port())
        .hasMessageContaining("taken")
        .hasMessageContaining("--port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health/live", "/health/ready", "/metrics"})
  void head_isAnsweredLikeGet_withoutTheBody(String path) {
    HttpResponse<String> head =
        served.send(served.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(type(head)).isEqualTo(type(served.get(path)));
    // the connection is still in step
    assertThat(served.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void addressOfAnotherMachine_isNamed() throws Exception {
    // of the block that is set aside for documents
    Host strange = Host.of("192.0.2.1");
    WebServer server =
        new WebServer(
            WebOptions.of(strange, 8080, Token.of("sixteen letters!".replace(' ', '-'))),
            new io.prometheus.metrics.model.registry.PrometheusRegistry(),
            null);
    assertThatThrownBy(
            () ->
                served
                    .vertx
                    .deployVerticle(server)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(PortBusyException.class)
        .hasMessage(
            "cannot listen on port 8080 of 192.0.2.1 (this machine has no such address); --host"
                + " takes one of its own, or 0.0.0.0 for all of them");
  }

  @Test
  void hostBeyondThisMachine_needsAToken() throws Exception {
    Host every = Host.of("0.0.0.0");
    assertThatThrownBy(() -> WebOptions.of(every, 0, null))
        .hasMessageContaining("loopback")
        .hasMessageContaining("0.0.0.0");
    assertThatThrownBy(() -> WebOptions.local(70_000)).hasMessageContaining("70000");
  }

  @Test
  void address_isWhatABrowserOpens() {
    assertThat(served.server.address()).isEqualTo("http://127.0.0.1:" + served.server.port() + "/");
  }

  private void start() {
    served.publish(run.started());
    await().until(() -> served.get("/api/runs").body().contains("photos-mask"));
  }

  private static int utf8Surplus(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length - text.length();
  }

  private static String type(HttpResponse<?> answer) {
    return answer.headers().firstValue("content-type").orElse("");
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(type(answer)).startsWith("application/json");
    return MAPPER.readTree(answer.body());
  }

  private static String error(HttpResponse<String> answer) throws IOException {
    return json(answer).get("error").asText();
  }
}
