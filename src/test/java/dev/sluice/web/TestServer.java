package dev.sluice.web;

import dev.sluice.metrics.ProcessFacts;
import dev.sluice.metrics.ProcessMetrics;
import dev.sluice.verticle.BusCodecs;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** The real server with scripted runs: two arms of one experiment, unless told otherwise. */
final class TestServer implements AutoCloseable {
  private static final ProcessFacts FACTS =
      new ProcessFacts("test", "unknown", "none", "none", "none", 1, () -> 0, () -> 0);

  private final Vertx vertx;
  private final WebServer server;

  private TestServer(Vertx vertx, WebServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  static TestServer start() throws Exception {
    return start(new ScriptedRun(true), new ScriptedRun(false));
  }

  static TestServer start(VerticleBase... runs) throws Exception {
    Vertx vertx = Vertx.vertx();
    BusCodecs.register(vertx);
    PrometheusRegistry registry = new PrometheusRegistry();
    WebServer server =
        new WebServer(WebOptions.local(0), registry, new ProcessMetrics(registry, FACTS));
    await(vertx.deployVerticle(server));
    for (VerticleBase run : runs) {
      await(vertx.deployVerticle(run));
    }
    return new TestServer(vertx, server);
  }

  String address() {
    return server.address();
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }

  private static <T> void await(io.vertx.core.Future<T> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
