package dev.sluice.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The page and its chart library, from the class path. Each file is read and compressed once, on a
 * worker thread.
 */
final class StaticRoutes {
  /** Names without a leading dot, so that no path leads out of its folder. */
  private static final String PATH = "((?:[\\w-][\\w.-]*/)*[\\w-][\\w.-]*)";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "json", "application/json");

  /** The path of a WebJar holds its version, so what it names never changes. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String ASK_AGAIN = "no-cache";

  private final Map<String, Asset> assets = new ConcurrentHashMap<>();
  private final Vertx vertx;

  /** A file, plain and compressed. */
  private static final class Asset {
    final Buffer plain;
    final Buffer compressed;
    final String tag;

    Asset(byte[] bytes) throws IOException {
      plain = Buffer.buffer(bytes);
      compressed = Buffer.buffer(Gzip.compress(bytes));
      tag = '"' + hash(bytes) + '"';
    }

    private static String hash(byte[] bytes) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new BigInteger(1, digest).toString(36).substring(0, 24);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  StaticRoutes(Vertx vertx) {
    this.vertx = vertx;
  }

  void mount(Router router) {
    Answers.onGetAndHead(router, "/", context -> send(context, "web/index.html", ASK_AGAIN));
    router
        .getWithRegex("/web/" + PATH)
        .handler(context -> send(context, "web/" + context.pathParam("param0"), ASK_AGAIN));
    router
        .getWithRegex("/webjars/" + PATH)
        .handler(
            context ->
                send(
                    context,
                    "META-INF/resources/webjars/" + context.pathParam("param0"),
                    FOR_EVER));
  }

  private void send(RoutingContext context, String resource, String caching) {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (type == null) {
      context.fail(404);
      return;
    }
    Asset known = assets.get(resource);
    if (known != null) {
      send(context, known, type, caching);
      return;
    }
    vertx
        .executeBlocking(() -> read(resource), false)
        .onFailure(context::fail)
        .onSuccess(
            asset -> {
              if (asset == null) {
                context.fail(404);
                return;
              }
              assets.put(resource, asset);
              send(context, asset, type, caching);
            });
  }

  private static void send(RoutingContext context, Asset asset, String type, String caching) {
    context
        .response()
        .putHeader("ETag", asset.tag)
        .putHeader("Cache-Control", caching)
        .putHeader("Vary", "Accept-Encoding");
    if (asset.tag.equals(context.request().getHeader("If-None-Match"))) {
      context.response().setStatusCode(304).end();
      return;
    }
    context.response().putHeader("Content-Type", type);
    if (Gzip.isAccepted(context.request())) {
      context.response().putHeader("Content-Encoding", "gzip").end(asset.compressed);
      return;
    }
    context.response().end(asset.plain);
  }

  private static @Nullable Asset read(String resource) throws IOException {
    try (InputStream in = StaticRoutes.class.getClassLoader().getResourceAsStream(resource)) {
      return in == null ? null : new Asset(in.readAllBytes());
    }
  }
}
