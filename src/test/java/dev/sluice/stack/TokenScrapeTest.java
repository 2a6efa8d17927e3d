package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that has the token, and one that has not. */
@Tag("slow")
final class TokenScrapeTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void prometheusScrapesWithTheTokenInAFile_andNotWithout() throws Exception {
    Programs.assumeInstalled("prometheus", "prometheus");
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789\n");
    int port = Programs.freePort();
    Path file = folder.resolve("prometheus.yml");
    Files.writeString(
        file,
        """
        global: {scrape_interval: 1s, scrape_timeout: 900ms}
        scrape_configs:
          - job_name: with
            authorization: {credentials_file: %1$s}
            static_configs: [{targets: ["127.0.0.1:%2$d"]}]
          - job_name: without
            static_configs: [{targets: ["127.0.0.1:%2$d"]}]
        """
            .formatted(token, port));
    try (SluiceProcess sluice =
            SluiceProcess.start(
                folder.resolve("s"),
                port,
                "run",
                "wen-li",
                "--steps",
                "100000",
                "--pace",
                "20",
                "--host",
                "0.0.0.0",
                "--token-file",
                token.toString());
        PrometheusServer prometheus = new PrometheusServer(file, folder).start()) {
      await().atMost(LONG).until(() -> prometheus.value("sluice_step{job=\"with\"}") > 0);
      await().atMost(LONG).until(() -> prometheus.value("up{job=\"without\"}") == 0);
      assertThat(prometheus.value("up{job=\"with\"}")).isEqualTo(1);
      assertThat(prometheus.value("max_over_time(up{job=\"without\"}[5m])")).isZero();
      assertThat(sluice.said()).doesNotContain("0123456789abcdef");
    }
  }
}
