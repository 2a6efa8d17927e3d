package dev.sluice.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.event.RunState;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * /health/live: the server answers. /health/ready: and each run has made a step. They are open to
 * whoever reaches the server, so they say more than that only where everything else is open too.
 */
final class HealthRoutes {
  private final RunDirectory directory;
  private final int expectedRuns;
  private final boolean detailed;

  /**
   * @param detailed whether to name the runs
   */
  HealthRoutes(RunDirectory directory, int expectedRuns, boolean detailed) {
    this.directory = directory;
    this.expectedRuns = expectedRuns;
    this.detailed = detailed;
  }

  void mount(Router router) {
    Answers.onGetAndHead(router, "/health/live", HealthRoutes::live);
    Answers.onGetAndHead(router, "/health/ready", this::ready);
  }

  private static void live(RoutingContext context) {
    Answers.json(context, status("live"));
  }

  private void ready(RoutingContext context) {
    String reason = whyNotReady();
    ObjectNode answer = status(reason == null ? "ready" : "not ready");
    if (detailed) {
      explain(answer, reason);
    }
    Answers.json(context, reason == null ? 200 : 503, answer);
  }

  private void explain(ObjectNode answer, @Nullable String reason) {
    if (reason != null) {
      answer.put("reason", reason);
    }
    ObjectNode runs = answer.putObject("runs");
    for (RunView run : directory.runs()) {
      runs.putObject(run.info().run()).put("state", run.state().label()).put("step", run.step());
    }
  }

  private @Nullable String whyNotReady() {
    int started = directory.runs().size();
    if (started < expectedRuns) {
      return started + " of " + expectedRuns + " runs have started";
    }
    for (RunView run : directory.runs()) {
      if (run.state() == RunState.RUNNING && run.step() < 0) {
        return "run " + run.info().run() + " has not made a step yet";
      }
    }
    return null;
  }

  private static ObjectNode status(String status) {
    return JsonNodeFactory.instance.objectNode().put("status", status);
  }
}
