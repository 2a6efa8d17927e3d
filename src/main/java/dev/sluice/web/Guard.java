package dev.sluice.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first. There is no login, so other sites open in the same browser must
 * not act through it: a host name that is not this machine's is refused (a name can be pointed here
 * by whoever owns it), and what changes something must be JSON from a page of ours.
 */
final class Guard {
  private static final int BODY_LIMIT = 64 * 1024;

  /** The page's charts set style attributes; everything else comes from this server. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:;"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private Guard() {}

  static void mount(Router router) {
    router.route().handler(Guard::checkHost);
    router.route().handler(Guard::checkPost);
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
  }

  private static void checkHost(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    HostAndPort host = context.request().authority();
    if (host == null || !WebOptions.isLoopback(host.host())) {
      Answers.refuse(
          context,
          421,
          "this server answers to localhost, 127.0.0.1 and [::1] only, not to "
              + (host == null ? "a request without a host" : host.host()));
      return;
    }
    context.next();
  }

  private static void checkPost(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.method().equals(HttpMethod.POST)) {
      context.next();
      return;
    }
    String type = request.getHeader("Content-Type");
    if (type == null || !isJson(type)) {
      Answers.refuse(context, 415, "Content-Type must be application/json, given " + orNone(type));
      return;
    }
    String origin = request.getHeader("Origin");
    String host = request.getHeader("Host");
    if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
      Answers.refuse(
          context, 403, "only a page of http://" + host + " may ask for this, not " + origin);
      return;
    }
    context.next();
  }

  private static boolean isJson(String type) {
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return media.equals("application/json");
  }

  private static String orNone(@Nullable String given) {
    return given == null ? "none" : given;
  }
}
