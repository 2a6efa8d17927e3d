package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stack.Programs;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Prometheus' own checker has nothing to say about our metrics. */
final class PromtoolTest {
  @Test
  void ourMetricsPassPromtool() throws Exception {
    assertThat(check(CatalogueTest.full())).isEmpty();
  }

  @Test
  void theCheckBites() throws Exception {
    assertThat(check("# TYPE sluice_steps counter\nsluice_steps 1\n")).contains("sluice_steps");
  }

  private static String check(String exposition) throws IOException, InterruptedException {
    return Programs.promtoolReading(exposition, "check", "metrics").text();
  }
}
