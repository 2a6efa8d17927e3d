package dev.sluice.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.config.NearestName;
import dev.sluice.event.Addresses;
import dev.sluice.event.Control;
import dev.sluice.event.Knob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GET /api/runs, and what a run can be asked to do. */
final class RunRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(RunRoutes.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DeliveryOptions DELIVERY =
      new DeliveryOptions().setLocalOnly(true).setSendTimeout(5000);

  private final Vertx vertx;
  private final RunDirectory directory;

  RunRoutes(Vertx vertx, RunDirectory directory) {
    this.vertx = vertx;
    this.directory = directory;
  }

  void mount(Router router) {
    router
        .get("/api/runs")
        .handler(context -> Answers.json(context, RunJson.runs(directory.runs())));
    router.post("/api/runs/:run/knobs").handler(this::moveKnobs);
    router.post("/api/runs/:run/pause").handler(context -> ask(context, new Control.Pause()));
    router.post("/api/runs/:run/resume").handler(context -> ask(context, new Control.Resume()));
    router.post("/api/runs/:run/stop").handler(context -> ask(context, new Control.Stop()));
  }

  private void ask(RoutingContext context, Control control) {
    RunView run = find(context);
    if (run != null) {
      answer(context, run, List.of(control));
    }
  }

  private void moveKnobs(RoutingContext context) {
    RunView run = find(context);
    if (run == null) {
      return;
    }
    try {
      answer(context, run, moves(context.body().asString()));
    } catch (IllegalArgumentException e) {
      Answers.refuse(context, 400, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable RunView find(RoutingContext context) {
    String name = context.pathParam("run");
    RunView run = directory.find(name);
    if (run == null) {
      List<String> names = directory.names();
      Answers.refuse(
          context,
          404,
          "no run "
              + name
              + NearestName.hint(name, names)
              + (names.isEmpty() ? "There are none." : "Known: " + String.join(", ", names)));
    }
    return run;
  }

  /** Asks one after the other and answers with the first step for which all of it holds. */
  private void answer(RoutingContext context, RunView run, List<Control> controls) {
    String name = run.info().run();
    if (run.hasEnded()) {
      Answers.refuse(
          context, 409, "run " + name + " is " + run.state().label() + " and takes no more orders");
      return;
    }
    Future<Long> step = Future.succeededFuture(0L);
    for (Control control : controls) {
      step = step.compose(before -> request(name, control).map(after -> Math.max(before, after)));
    }
    step.onSuccess(
            from -> Answers.json(context, JsonNodeFactory.instance.objectNode().put("step", from)))
        .onFailure(failure -> refuse(context, name, failure));
  }

  private Future<Long> request(String run, Control control) {
    return vertx
        .eventBus()
        .<Long>request(Addresses.control(run), control, DELIVERY)
        .map(Message::body);
  }

  private static void refuse(RoutingContext context, String run, Throwable failure) {
    if (failure instanceof ReplyException reply) {
      switch (reply.failureType()) {
        case RECIPIENT_FAILURE -> {
          boolean theirFault = reply.failureCode() >= 400 && reply.failureCode() < 500;
          Answers.refuse(
              context, theirFault ? reply.failureCode() : 500, String.valueOf(reply.getMessage()));
        }
        case NO_HANDLERS -> Answers.refuse(context, 409, "run " + run + " takes no orders now");
        case TIMEOUT -> Answers.refuse(context, 504, "run " + run + " did not answer in time");
        case ERROR -> Answers.refuse(context, 500, "run " + run + " could not be asked");
      }
      return;
    }
    LOG.error("asking run {} failed", run, failure);
    Answers.refuse(context, 500, "run " + run + " could not be asked");
  }

  /** Checks everything before anything is changed. */
  private static List<Control> moves(@Nullable String body) {
    List<Control> moves = new ArrayList<>();
    JsonNode wanted = object(body);
    for (Map.Entry<String, JsonNode> one : wanted.properties()) {
      moves.add(move(one.getKey(), one.getValue()));
    }
    if (moves.size() > 1) {
      // two orders could be taken by halves
      throw new IllegalArgumentException("one knob at a time, given " + moves.size());
    }
    if (moves.isEmpty()) {
      throw new IllegalArgumentException("no knob given; known: " + String.join(", ", knobs()));
    }
    return moves;
  }

  private static JsonNode object(@Nullable String body) {
    try {
      JsonNode node = body == null ? null : MAPPER.readTree(body);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      LOG.debug("body is no JSON", e);
    }
    throw new IllegalArgumentException("a JSON object is expected, such as {\"overlap\": 0.5}");
  }

  private static Control move(String key, JsonNode value) {
    Knob knob =
        Knob.byKey(key)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no knob "
                            + key
                            + NearestName.hint(key, knobs())
                            + "Known: "
                            + String.join(", ", knobs())));
    if (!value.isNumber() || !knob.allows(value.asDouble())) {
      throw new IllegalArgumentException(
          key + " must be a number in [" + knob.min() + ", " + knob.max() + "]: " + value);
    }
    return new Control.MoveKnob(knob, value.asDouble());
  }

  private static List<String> knobs() {
    return Arrays.stream(Knob.values()).map(Knob::key).toList();
  }
}
