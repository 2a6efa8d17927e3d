package dev.sluice.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Scrapes a registry as Prometheus reads it. */
final class Expositions {
  private Expositions() {}

  static String text(PrometheusRegistry registry) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
      return bytes.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
