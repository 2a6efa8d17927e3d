package dev.sluice.web;

import dev.sluice.event.Addresses;
import dev.sluice.event.Control;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.ProcessFacts;
import dev.sluice.metrics.ProcessMetrics;
import dev.sluice.metrics.RunMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server on a free port with a bus of its own, and a client for it. */
final class Served implements AutoCloseable {
  static {
    // lets tests send the Host header of somebody else
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  final Vertx vertx = Vertx.vertx();
  final PrometheusRegistry registry = new PrometheusRegistry();
  final RunMetrics runMetrics =
      new RunMetrics(registry, () -> Instant.EPOCH, Duration.ofMinutes(10));
  final WebServer server;
  final List<Control> asked = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Served() {
    this(WebOptions.local(0));
  }

  Served(WebOptions options) {
    register(StepReport.class);
    register(Snapshot.class);
    for (Class<?> event : RunEvent.class.getPermittedSubclasses()) {
      register(event);
    }
    for (Class<?> control : Control.class.getPermittedSubclasses()) {
      register(control);
    }
    ProcessMetrics process =
        new ProcessMetrics(
            registry, new ProcessFacts("1", "r", "cpu", "openblas", "cpu", 1, () -> 0, () -> 0));
    server = new WebServer(options, registry, process);
    try {
      vertx
          .deployVerticle(server)
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  /** Puts a message on the bus and into the metrics, as the process would. */
  void publish(Object message) {
    DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
    if (message instanceof RunEvent event) {
      runMetrics.event(event);
      vertx.eventBus().publish(Addresses.EVENTS, event, local);
    }
    if (message instanceof StepReport report) {
      runMetrics.report(report);
      vertx.eventBus().publish(Addresses.REPORTS, report, local);
    }
    if (message instanceof Snapshot snapshot) {
      vertx.eventBus().publish(Addresses.SNAPSHOTS, snapshot, local);
    }
  }

  /** Answers control requests of a run: with {@code step}, or refuses them. */
  void answerControl(String run, long step, int refusalCode) {
    vertx
        .eventBus()
        .<Control>localConsumer(
            Addresses.control(run),
            message -> {
              asked.add(message.body());
              if (refusalCode > 0) {
                message.fail(refusalCode, "pace must be below 100: 200");
                return;
              }
              message.reply(step);
            });
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    return send(
        headers.length == 0
            ? request.header("Content-Type", "application/json")
            : request.headers(headers));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  SseReader stream(String... headers) {
    HttpRequest.Builder request = request("/api/stream");
    return new SseReader(
        send(
            headers.length == 0 ? request : request.headers(headers),
            HttpResponse.BodyHandlers.ofInputStream()));
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> void register(Class<T> type) {
    vertx.eventBus().registerDefaultCodec(type, new ByReference<>(type.getName()));
  }

  private record ByReference<T>(String name) implements MessageCodec<T, T> {
    @Override
    public T transform(T message) {
      return message;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
