package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Prometheus' own checker has nothing to say about our metrics. */
final class PromtoolTest {
  @Test
  void ourMetricsPassPromtool() throws Exception {
    assumeInstalled();
    assertThat(check(CatalogueTest.full())).isEmpty();
  }

  @Test
  void theCheckBites() throws Exception {
    assumeInstalled();
    assertThat(check("# TYPE sluice_steps counter\nsluice_steps 1\n")).contains("sluice_steps");
  }

  private static void assumeInstalled() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
        "missing program: promtool (Debian: apt-get install prometheus)");
  }

  private static String check(String exposition) throws IOException, InterruptedException {
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream in = promtool.getOutputStream()) {
      in.write(exposition.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
