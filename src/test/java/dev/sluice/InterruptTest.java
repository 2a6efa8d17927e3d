package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on a real process. */
class InterruptTest {
  @TempDir Path folder;
  private @Nullable Process process;

  @AfterEach
  void endProcess() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void interruptedRun_endsSoonAndReports() throws Exception {
    Path report = folder.resolve("r.json");
    String address =
        start(
            "run",
            "wen-li",
            "--steps",
            "1000000",
            "--pace",
            "50",
            "--port",
            "0",
            "--report",
            report.toString(),
            "--data-dir",
            folder.resolve("runs").toString());
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ready = HttpRequest.newBuilder(URI.create(address + "health/ready")).build();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);

    long began = System.nanoTime();
    interrupt();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // two seconds where the machine is free; here others may be using it
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));

    assertThat(process.exitValue()).isEqualTo(130);
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("exit_status").asInt()).isEqualTo(130);
    assertThat(json.path("exit_reason").asText()).isEqualTo("interrupted");
    assertThat(json.path("steps").asLong()).isBetween(1L, 999_999L);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  /** Starts the program and reads the address it prints. */
  private String start(String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                // a test runner in the background ignores the signal, and its children with it
                "env",
                "--default-signal=INT",
                java.toString(),
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.Main"));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).startsWith("Sluice is at http://127.0.0.1:");
    return line.substring("Sluice is at ".length());
  }

  private void interrupt() throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }
}
