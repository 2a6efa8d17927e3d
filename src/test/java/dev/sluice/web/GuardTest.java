package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.metrics.SampleRun;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A server that asks for a token; what one without asks for is in {@link WebServerTest}. */
final class GuardTest {
  private static final String TEXT = "correct-horse-battery-staple";
  private static final String BEARER = "Bearer " + TEXT;
  private static final String BASIC = basic("me:" + TEXT);
  private static final List<String> CLOSED =
      List.of(
          "/",
          "/web/main.js",
          "/webjars/echarts/5.3.1/dist/echarts.min.js",
          "/metrics",
          "/api/runs",
          "/api/catalogue",
          "/api/stream",
          "/health",
          "/health/live/more",
          "/health/../metrics",
          "/health/live/../../metrics",
          "/nowhere");

  private final Served served = new Served(WebOptions.of(Host.LOCAL, 0, Token.of(TEXT)));
  private final SampleRun run = new SampleRun("photos-mask");

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void withoutTheToken_nothingIsAnswered() throws IOException {
    for (String path : CLOSED) {
      HttpResponse<String> answer = served.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.headers().allValues("www-authenticate"))
          .containsExactly("Basic realm=\"Sluice\", charset=\"UTF-8\"");
      assertThat(new ObjectMapper().readTree(answer.body()).get("error").asText())
          .startsWith("a token is needed");
      assertThat(answer.headers().map()).containsKey("content-security-policy");
    }
  }

  @Test
  void head_needsTheTokenToo() {
    assertThat(head("/metrics").statusCode()).isEqualTo(401);
    assertThat(head("/").statusCode()).isEqualTo(401);
    assertThat(head("/metrics", "Authorization", BEARER).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {BEARER, "Basic bWU6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5LXN0YXBsZQ=="})
  void withTheToken_everythingIs(String authorization) {
    for (String path : List.of("/", "/web/main.js", "/metrics", "/api/runs", "/api/catalogue")) {
      assertThat(served.get(path, "Authorization", authorization).statusCode())
          .as(path)
          .isEqualTo(200);
    }
    assertThat(served.get("/nowhere", "Authorization", authorization).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong-horse-battery-staple",
        "Bearer correct-horse-battery-stapl",
        "Bearer correct-horse-battery-staplee",
        "Bearer",
        "Digest correct-horse-battery-staple",
        "correct-horse-battery-staple",
        "Basic correct-horse-battery-staple",
        "Basic ====",
        "Basic bm9jb2xvbg==",
        "Basic"
      })
  void withAWrongOne_nothingIs(String authorization) {
    HttpResponse<String> answer = served.get("/metrics", "Authorization", authorization);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("horse");
  }

  @Test
  void tokenInTheAddress_isNoUse() {
    assertThat(served.get("/metrics?token=" + TEXT).statusCode()).isEqualTo(401);
    assertThat(served.get("/metrics?access_token=" + TEXT).statusCode()).isEqualTo(401);
  }

  @Test
  void health_isOpen_andNamesNoRun() {
    served.publish(run.started());
    served.publish(run.report(0, Map.of(SampleRun.TOTAL_LOSS, 5.5)));
    await().until(() -> served.get("/health/ready").statusCode() == 200);
    assertThat(served.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    assertThat(served.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    assertThat(head("/health/live").statusCode()).isEqualTo(200);
    assertThat(served.post("/health/live", "{}").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sluice:8080", "sluice.example", "192.0.2.7:8080", "[2001:db8::7]:80"})
  void anyHostName_willDo(String host) {
    assertThat(served.get("/metrics", "Host", host, "Authorization", BEARER).statusCode())
        .isEqualTo(200);
    assertThat(served.get("/metrics", "Host", host).statusCode()).isEqualTo(401);
    assertThat(served.get("/health/live", "Host", host).statusCode()).isEqualTo(200);
  }

  @Test
  void liveStream_isReadWithWhatABrowserSends() {
    served.publish(run.started());
    try (SseReader stream = served.stream("Authorization", BASIC)) {
      await().until(() -> !stream.messages("runs").isEmpty());
      assertThat(stream.response.statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://sluice.example", "https://sluice.example", "HTTPS://Sluice.Example"})
  void postFromOurPage_isTaken_alsoThroughAProxyThatSpeaksTls(String origin) {
    assertThat(stop("Origin", origin, "Authorization", BASIC).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://sluice.example.evil.example",
        "https://sluice.example:8443",
        "ftp://sluice.example",
        "null"
      })
  void postFromAnotherSite_isRefusedEvenWithTheToken(String origin) {
    assertThat(stop("Origin", origin, "Authorization", BASIC).statusCode()).isEqualTo(403);
    assertThat(served.asked).isEmpty();
  }

  @Test
  void postWithoutTheToken_changesNothing() {
    assertThat(stop("Origin", "http://sluice.example").statusCode()).isEqualTo(401);
    assertThat(served.asked).isEmpty();
  }

  @Test
  void token_isInNoAnswerAndInNoLog() throws IOException {
    Remembered log = Remembered.everything();
    try {
      served.publish(run.started());
      for (String path : CLOSED) {
        for (String authorization : List.of(BEARER, BASIC, BEARER + "x", basic(TEXT))) {
          if (!path.equals("/api/stream")) {
            HttpResponse<String> answer = served.get(path, "Authorization", authorization);
            assertThat(answer.body() + answer.headers().map()).doesNotContain(TEXT);
          }
        }
      }
    } finally {
      log.stop();
    }
    assertThat(log.lines).isNotEmpty();
    assertThat(log.lines)
        .allSatisfy(line -> assertThat(line).doesNotContain(TEXT).doesNotContain(encoded()));
  }

  @Test
  void serverForEverybody_isReachedFromHereToo() throws IOException {
    try (Served everybody = new Served(WebOptions.of(Host.of("0.0.0.0"), 0, Token.of(TEXT)))) {
      int port = everybody.server.port();
      assertThat(everybody.server.address()).isEqualTo("http://127.0.0.1:" + port + "/");
      assertThat(everybody.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(everybody.get("/metrics", "Authorization", BEARER).statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> stop(String... headers) {
    served.publish(run.started());
    served.answerControl("photos-mask", 5, 0);
    await().until(() -> served.get("/api/runs", "Authorization", BEARER).body().contains("photos"));
    HttpRequest.Builder request =
        served
            .request("/api/runs/photos-mask/stop")
            .headers("Host", "sluice.example", "Content-Type", "application/json")
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    return served.send(request);
  }

  private HttpResponse<String> head(String path, String... headers) {
    HttpRequest.Builder request =
        served.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody());
    return served.send(headers.length == 0 ? request : request.headers(headers));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded() {
    return BASIC.substring("Basic ".length());
  }

  /** Every line of the log, whatever its level, instead of the console. */
  private static final class Remembered extends AppenderBase<ILoggingEvent> {
    final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final Appender<ILoggingEvent> console = root.getAppender("console");

    static Remembered everything() {
      Remembered log = new Remembered();
      log.start();
      log.root.addAppender(log);
      log.root.detachAppender(log.console);
      log.root.setLevel(Level.TRACE);
      return log;
    }

    @Override
    public void stop() {
      root.setLevel(level);
      root.addAppender(console);
      root.detachAppender(this);
      super.stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage() + event.getThrowableProxy());
    }
  }
}
