package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PlatformMetersTest {
  @Test
  void jvmMachineAndVertx_standBesideOurs() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    RunMetrics runs = new RunMetrics(registry, () -> Instant.EPOCH, Duration.ofMinutes(1));
    runs.event(new SampleRun("a").started());
    try (PlatformMeters meters = new PlatformMeters(registry)) {
      Vertx vertx = Vertx.builder().withMetrics(meters.forVertx()).build();
      try {
        for (String pool : new String[] {"run-a", "run-b"}) {
          vertx.createSharedWorkerExecutor(pool, 1).executeBlocking(() -> 1);
        }
        await()
            .untilAsserted(
                () ->
                    assertThat(Expositions.text(registry))
                        .contains(
                            "vertx_pool_completed_total{pool_name=\"run-b\",pool_type=\"worker\"} 1.0",
                            "jvm_memory_used_bytes",
                            "process_cpu_usage")
                        .contains("sluice_run_info{")
                        .doesNotContain("vertx_eventbus"));
      } finally {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      }
    }
  }
}
