package dev.sluice.web;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * GET /metrics in the format that Accept asks for: Prometheus text, OpenMetrics or protobuf. A
 * scrape is gathered, written and compressed on a worker thread.
 */
final class MetricsRoutes {
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Vertx vertx;
  private final PrometheusRegistry registry;
  private final Scrapes scrapes;

  MetricsRoutes(Vertx vertx, PrometheusRegistry registry, Scrapes scrapes) {
    this.vertx = vertx;
    this.registry = registry;
    this.scrapes = scrapes;
  }

  void mount(Router router) {
    Answers.onGetAndHead(router, "/metrics", this::metrics);
  }

  private void metrics(RoutingContext context) {
    String accept = context.request().getHeader("Accept");
    ExpositionFormatWriter writer = formats.findWriter(accept);
    EscapingScheme escaping = EscapingScheme.fromAcceptHeader(accept);
    boolean compressed = Gzip.isAccepted(context.request());
    long begun = scrapes.begin();
    vertx
        .executeBlocking(() -> scrape(writer, escaping, compressed), false)
        .onFailure(context::fail)
        .onSuccess(
            body -> {
              if (compressed) {
                context.response().putHeader("Content-Encoding", "gzip");
              }
              context
                  .response()
                  .putHeader("Content-Type", writer.getContentType() + escaping.toHeaderFormat())
                  .putHeader("Vary", "Accept, Accept-Encoding")
                  .putHeader("Cache-Control", "no-store")
                  .end(body)
                  .onSuccess(written -> scrapes.answered(begun));
            });
  }

  private Buffer scrape(ExpositionFormatWriter writer, EscapingScheme escaping, boolean compressed)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressed ? new GZIPOutputStream(bytes) : bytes) {
      writer.write(out, registry.scrape(), escaping);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
