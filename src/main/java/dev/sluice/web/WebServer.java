package dev.sluice.web;

import dev.sluice.event.Addresses;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.Catalogue;
import dev.sluice.metrics.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: deploy it before the runs start, since it knows of them only what the bus tells
 * it. Deploying fails with a {@link PortBusyException} when the port is taken. Everything it keeps
 * lives on its one event loop.
 */
public final class WebServer extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private final WebOptions options;
  private final PrometheusRegistry registry;
  private final ProcessMetrics process;
  private final RunDirectory directory;
  private final Scrapes scrapes = new Scrapes(System::nanoTime);
  private @Nullable LiveStream live;
  private volatile int port;

  /**
   * @param registry what /metrics shows
   * @param process where it counts its clients and what they did not get
   */
  public WebServer(WebOptions options, PrometheusRegistry registry, ProcessMetrics process) {
    this.options = options;
    this.registry = registry;
    this.process = process;
    directory = new RunDirectory(options.live());
  }

  /** The port it listens on, once it is deployed. */
  public int port() {
    return port;
  }

  /** Where a browser on this machine finds it, once it is deployed. */
  public String address() {
    return "http://" + options.host().inUrl() + ":" + port + "/";
  }

  /**
   * Returns once /metrics has been scraped again by somebody who does so regularly, so that he sees
   * how it all ended; at once where nobody does, or when it takes too long. Not for an event loop.
   */
  public void awaitScrape(Duration most) throws InterruptedException {
    scrapes.awaitNext(most);
  }

  @Override
  public Future<?> start() {
    LiveStream stream = new LiveStream(vertx, directory, process, options.live());
    HttpServer server = vertx.createHttpServer(serverOptions()).requestHandler(router(stream));
    return server
        .listen(options.port(), options.host().literal())
        .recover(failure -> Future.failedFuture(explain(failure)))
        .onSuccess(
            listening -> {
              port = listening.actualPort();
              live = stream;
              listen();
              stream.start();
            });
  }

  @Override
  public Future<?> stop() {
    if (live != null) {
      live.stop();
    }
    return Future.succeededFuture();
  }

  private void listen() {
    EventBus bus = vertx.eventBus();
    bus.<RunEvent>localConsumer(Addresses.EVENTS, event -> directory.event(event.body()));
    bus.<StepReport>localConsumer(Addresses.REPORTS, report -> directory.report(report.body()));
    bus.<Snapshot>localConsumer(Addresses.SNAPSHOTS, shot -> directory.snapshot(shot.body()));
  }

  private Router router(LiveStream stream) {
    Router router = Router.router(vertx);
    Guard guard = new Guard(options.token());
    guard.mountBeforeAll(router);
    // what asks whether the process is well has no token
    new HealthRoutes(directory, options.expectedRuns(), options.token() == null).mount(router);
    guard.mountBeforeTheRest(router);
    new MetricsRoutes(vertx, registry, scrapes).mount(router);
    new CatalogueRoutes(Catalogue.complete()).mount(router);
    new RunRoutes(vertx, directory).mount(router);
    stream.mount(router);
    new StaticRoutes(vertx).mount(router);
    router.errorHandler(400, context -> Answers.refuse(context, 400, "the request is malformed"));
    router.errorHandler(
        404, context -> Answers.refuse(context, 404, "there is no " + path(context)));
    router.errorHandler(
        405,
        context ->
            Answers.refuse(
                context, 405, context.request().method() + " is not allowed on " + path(context)));
    router.errorHandler(
        413, context -> Answers.refuse(context, 413, "the body is larger than 64 KiB"));
    router.errorHandler(500, WebServer::fail);
    return router;
  }

  private static void fail(RoutingContext context) {
    LOG.error("{} failed", path(context), context.failure());
    Answers.refuse(context, 500, "something went wrong here; the log says what");
  }

  private static String path(RoutingContext context) {
    return context.request().path();
  }

  private static HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setCompressionSupported(true)
        .setHttp2ClearTextEnabled(false)
        // three times as long as the live stream is ever silent; who says nothing for so long has
        // gone
        .setIdleTimeout(45)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setReuseAddress(true);
  }

  private Throwable explain(Throwable failure) {
    if (!(failure instanceof SocketException)) {
      return failure;
    }
    String reason = String.valueOf(failure.getMessage());
    boolean taken = reason.contains("already in use");
    String what = taken ? "it is taken by another program" : reason;
    return reason.contains("assign requested address")
        ? PortBusyException.strangeHost(options.host(), options.port())
        : new PortBusyException(options.host(), options.port(), what);
  }
}
