package dev.sluice.metrics;

import static dev.sluice.metrics.PipelineSeries.counter;

import dev.sluice.event.MetricSpec;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.DoubleSupplier;

/** What the process says about itself, whatever runs it hosts. Safe for use by many threads. */
public final class ProcessMetrics {
  private static final String SOURCE = "definition";

  static final MetricSpec BUILD =
      MetricSpec.gauge(
          "build_info",
          "info",
          "Which build of the program this is; always 1.",
          SOURCE,
          List.of("java", "revision", "version"));

  static final MetricSpec BACKEND =
      MetricSpec.gauge(
          "backend_info",
          "info",
          "What computes; always 1.",
          SOURCE,
          List.of("backend", "blas", "device"));

  static final MetricSpec BLAS_THREADS =
      MetricSpec.gauge(
          "blas_threads", "threads", "Threads that one matrix product may use.", SOURCE);

  static final MetricSpec OFFHEAP_USED =
      MetricSpec.gauge(
          "offheap_used_bytes",
          "bytes",
          "Native memory in use; flat after warm-up when healthy.",
          SOURCE);

  static final MetricSpec OFFHEAP_LIMIT =
      MetricSpec.gauge(
          "offheap_limit_bytes",
          "bytes",
          "Native memory the process may use; 0 when there is no limit.",
          SOURCE);

  static final MetricSpec EVENT_LOOP_LAG =
      MetricSpec.gauge(
          "event_loop_lag_seconds",
          "seconds",
          "How late the web server's timer last fired; above 0.1 something blocks the event loop.",
          SOURCE);

  static final MetricSpec STREAM_CLIENTS =
      MetricSpec.gauge(
          "stream_clients",
          "clients",
          "Clients that follow the live stream.",
          SOURCE,
          List.of("transport"));

  static final MetricSpec DROPPED =
      counter(
          "dropped_total",
          "frames",
          "What a sink did not get because it was too slow: live counts frames not sent to a client,"
              + " which gets a coarser catch-up once it reads again.",
          List.of("sink"));

  private final Gauge eventLoopLag;
  private final Gauge streamClients;
  private final Counter dropped;

  /** Registers everything; one instance a registry. */
  public ProcessMetrics(PrometheusRegistry registry, ProcessFacts facts) {
    info(registry, BUILD, Runtime.version().toString(), facts.revision(), facts.version());
    info(registry, BACKEND, facts.backend(), facts.blas(), facts.device());
    callback(registry, BLAS_THREADS, facts::blasThreads);
    callback(registry, OFFHEAP_USED, () -> facts.offHeapUsed().getAsLong());
    callback(registry, OFFHEAP_LIMIT, () -> facts.offHeapLimit().getAsLong());
    eventLoopLag = gauge(registry, EVENT_LOOP_LAG);
    streamClients = gauge(registry, STREAM_CLIENTS);
    streamClients.labelValues("sse").set(0);
    dropped =
        Counter.builder()
            .name(DROPPED.fullName())
            .help(DROPPED.help())
            .labelNames(DROPPED.labelNames().toArray(String[]::new))
            .register(registry);
    dropped.initLabelValues("live");
  }

  static List<MetricSpec> specs() {
    return List.of(
        BUILD,
        BACKEND,
        BLAS_THREADS,
        OFFHEAP_USED,
        OFFHEAP_LIMIT,
        EVENT_LOOP_LAG,
        STREAM_CLIENTS,
        DROPPED);
  }

  /** How late a timer of the event loop fired. */
  public void eventLoopLag(double seconds) {
    eventLoopLag.set(seconds);
  }

  /** How many clients follow the live stream over {@code transport}, for example {@code sse}. */
  public void streamClients(String transport, int clients) {
    streamClients.labelValues(transport).set(clients);
  }

  /** Counts what {@code sink}, for example {@code live}, did not get. */
  public void dropped(String sink, long count) {
    dropped.labelValues(sink).inc(count);
  }

  private static void info(PrometheusRegistry registry, MetricSpec spec, String... values) {
    Info.builder()
        .name(spec.fullName())
        .help(spec.help())
        .labelNames(spec.labelNames().toArray(String[]::new))
        .register(registry)
        .addLabelValues(values);
  }

  private static void callback(PrometheusRegistry registry, MetricSpec spec, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(spec.fullName())
        .help(spec.help())
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private static Gauge gauge(PrometheusRegistry registry, MetricSpec spec) {
    return Gauge.builder()
        .name(spec.fullName())
        .help(spec.help())
        .labelNames(spec.labelNames().toArray(String[]::new))
        .register(registry);
  }
}
