package dev.sluice.stack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real Prometheus on a port of its own, with our flags and a configuration of the test's. */
final class PrometheusServer implements AutoCloseable {
  private final Path configuration;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  /**
   * @param configuration its file
   * @param folder for its data and its log
   */
  PrometheusServer(Path configuration, Path folder) throws IOException {
    this.configuration = configuration;
    this.folder = folder;
    port = Programs.freePort();
  }

  /** One that scrapes nothing and takes what it is sent. */
  static PrometheusServer receiver(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("prometheus.yml");
    Files.writeString(file, "storage: {tsdb: {out_of_order_time_window: 24h}}\n");
    return new PrometheusServer(file, folder);
  }

  /** Starts it, on the data it has; returns when it is ready. */
  PrometheusServer start() throws IOException {
    Path log = folder.resolve("prometheus.log");
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + data(),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("prometheus ended: " + Files.readString(log));
              }
              return Http.isOk(url() + "/-/ready");
            });
    return this;
  }

  /** As a crash would end it. */
  void kill() throws InterruptedException {
    if (process != null) {
      Programs.kill(process);
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String writeUrl() {
    return url() + "/api/v1/write";
  }

  /**
   * The result of an instant query.
   *
   * @throws AssertionError when Prometheus refuses it
   */
  JsonNode query(String expression) throws IOException {
    JsonNode answer = Http.post(url() + "/api/v1/query", Map.of("query", expression));
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return answer.at("/data/result");
  }

  /** The one value of an instant query, NaN where it has none. */
  double value(String expression) throws IOException {
    JsonNode result = query(expression);
    return result.size() == 0
        ? Double.NaN
        : Double.parseDouble(result.get(0).path("value").get(1).asText());
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
