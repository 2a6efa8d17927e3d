package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Answers in JSON; a refusal says in one line what was given and what is allowed. */
final class Answers {
  private Answers() {}

  /** HEAD is what load balancers ask with; it is answered like GET, without the body. */
  static void onGetAndHead(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  static void json(RoutingContext context, JsonNode body) {
    json(context, 200, body);
  }

  static void json(RoutingContext context, int status, JsonNode body) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(RunJson.write(body));
  }

  static void refuse(RoutingContext context, int status, String why) {
    json(context, status, JsonNodeFactory.instance.objectNode().put("error", why));
  }
}
