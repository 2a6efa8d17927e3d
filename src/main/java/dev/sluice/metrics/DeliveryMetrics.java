package dev.sluice.metrics;

import static dev.sluice.metrics.PipelineSeries.counter;

import dev.sluice.event.MetricSpec;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;

/**
 * How the delivery of every step by remote write stands, over all runs, those of earlier processes
 * among them whose steps still wait. Safe for use by many threads.
 */
public final class DeliveryMetrics {
  private static final String SOURCE = "definition";

  /** Values of the label {@code code}: what a request that failed was answered. */
  public static final List<String> CODES =
      List.of(
          "400", "401", "403", "404", "413", "429", "3xx", "4xx", "5xx", "timeout", "connection");

  static final MetricSpec SENT =
      counter(
          "remote_write_sent_total",
          "samples",
          "Samples that the remote-write receiver has accepted.",
          List.of());

  static final MetricSpec FAILED =
      counter(
          "remote_write_failed_total",
          "requests",
          "Remote-write requests that failed, by HTTP status, or timeout, or connection. They are"
              + " tried again, in parts where the receiver refuses (400); steps wait in the history.",
          List.of("code"));

  static final MetricSpec LAG_STEPS =
      MetricSpec.gauge(
          "remote_write_lag_steps",
          "steps",
          "Committed steps of all runs that the receiver has not accepted yet; near 0 is healthy; of a run"
              + " faster than 1,000 steps a second a few wait for the next ones.",
          SOURCE);

  static final MetricSpec LAG_SECONDS =
      MetricSpec.gauge(
          "remote_write_lag_seconds",
          "seconds",
          "Age of the oldest committed step that the receiver has not accepted yet, 0 when there is"
              + " none; under 1 is healthy, under 11 for a run faster than 1,000 steps a second.",
          SOURCE);

  static final MetricSpec REFUSED =
      counter(
          "remote_write_refused_total",
          "samples",
          "Samples that the receiver refuses for good (400) while it takes others; they are left"
              + " out, and stay in the history. Healthy is 0.",
          List.of());

  private final Counter sent;
  private final Counter failed;
  private final Counter refused;
  private final Gauge lagSteps;
  private final InstantSource clock;
  private volatile long oldestMillis = -1;

  /** Registers everything; one instance a registry. */
  public DeliveryMetrics(PrometheusRegistry registry, InstantSource clock) {
    this.clock = clock;
    sent = register(registry, SENT);
    failed = register(registry, FAILED);
    refused = register(registry, REFUSED);
    lagSteps = gauge(registry, LAG_STEPS);
    GaugeWithCallback.builder()
        .name(LAG_SECONDS.fullName())
        .help(LAG_SECONDS.help())
        .callback(callback -> callback.call(lagSeconds()))
        .register(registry);
    CODES.forEach(failed::initLabelValues);
  }

  static List<MetricSpec> specs() {
    return List.of(SENT, FAILED, REFUSED, LAG_STEPS, LAG_SECONDS);
  }

  /** Counts accepted samples. */
  public void sent(long samples) {
    sent.inc(samples);
  }

  /** Counts a request that failed with one of {@link #CODES}. */
  public void failed(String code) {
    failed.labelValues(code).inc();
  }

  /** Counts samples that were given up. */
  public void refused(long samples) {
    refused.inc(samples);
  }

  /**
   * Says what still waits.
   *
   * @param oldest when the oldest step that waits ended, milliseconds since the epoch, or -1 when
   *     none waits; its age goes on growing by itself
   */
  public void lag(long steps, long oldest) {
    lagSteps.set((double) steps);
    oldestMillis = oldest;
  }

  private double lagSeconds() {
    long oldest = oldestMillis;
    return oldest < 0 ? 0 : Math.max(0, clock.millis() - oldest) / 1e3;
  }

  private static Counter register(PrometheusRegistry registry, MetricSpec spec) {
    return Counter.builder()
        .name(spec.fullName())
        .help(spec.help())
        .labelNames(spec.labelNames().toArray(String[]::new))
        .register(registry);
  }

  private static Gauge gauge(PrometheusRegistry registry, MetricSpec spec) {
    return Gauge.builder().name(spec.fullName()).help(spec.help()).register(registry);
  }
}
