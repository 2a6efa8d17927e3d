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
 * What every request passes first. Other sites open in the same browser must not act through it:
 * what changes something must be JSON from a page of ours. Where there is a token, everything is
 * refused without it. Where there is none, a host name that is not this machine's is refused (a
 * name can be pointed here by whoever owns it); a browser keeps what it knows of a token for the
 * name it was given to, so with a token any name will do.
 */
final class Guard {
  private static final int BODY_LIMIT = 64 * 1024;

  /** The page's charts set style attributes; everything else comes from this server. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:;"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** Browsers ask for name and password by themselves; who sends Bearer does so unasked. */
  private static final String CHALLENGE = "Basic realm=\"Sluice\", charset=\"UTF-8\"";

  private final @Nullable Token token;

  /**
   * @param token to ask for; null where there is none
   */
  Guard(@Nullable Token token) {
    this.token = token;
  }

  /** Before every route, those that need no token as well. */
  void mountBeforeAll(Router router) {
    router.route().handler(Guard::secure);
    if (token == null) {
      router.route().handler(Guard::checkHost);
    }
  }

  /** Before every route but those that need no token. */
  void mountBeforeTheRest(Router router) {
    if (token != null) {
      router.route().handler(context -> checkToken(context, token));
    }
    router.route().handler(this::checkPost);
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
  }

  private static void secure(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    context.next();
  }

  private static void checkHost(RoutingContext context) {
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

  private static void checkToken(RoutingContext context, Token token) {
    if (token.isShownBy(context.request().getHeader("Authorization"))) {
      context.next();
      return;
    }
    context.response().putHeader("WWW-Authenticate", CHALLENGE);
    Answers.refuse(
        context,
        401,
        "a token is needed: as password of any user name, or as Authorization: Bearer TOKEN");
  }

  private void checkPost(RoutingContext context) {
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
    if (origin != null && !isOurs(origin, host)) {
      Answers.refuse(
          context, 403, "only a page of http://" + host + " may ask for this, not " + origin);
      return;
    }
    context.next();
  }

  /** Where a token lets others in, a proxy may stand before us that speaks TLS. */
  private boolean isOurs(String origin, @Nullable String host) {
    return origin.equalsIgnoreCase("http://" + host)
        || (token != null && origin.equalsIgnoreCase("https://" + host));
  }

  private static boolean isJson(String type) {
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return media.equals("application/json");
  }

  private static String orNone(@Nullable String given) {
    return given == null ? "none" : given;
  }
}
