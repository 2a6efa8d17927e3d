package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dashboard.MayBeEmpty;
import dev.sluice.dashboard.Panels;
import dev.sluice.stack.WebhookListener.Notice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything together, none of it pretended: real runs, healthy and broken on purpose, watched by a
 * real Prometheus with our rules and a real Alertmanager with our routes.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LiveStackTest {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** A drill and the alert that has to come of it. */
  private static final Map<String, String> DRILLS =
      Map.of(
          "drill-threshold-runaway", "CompleteCollapse",
          "drill-no-augmentation", "DenseFeatureDominance",
          "drill-learning-rate", "Diverged");

  private static final List<String> HEALTHY = List.of("healthy", "photos", "fast");

  @TempDir static Path folder;
  private static LiveStack stack;

  @BeforeAll
  static void start() throws IOException {
    Programs.assumeInstalled("prometheus", "prometheus");
    Programs.assumeInstalled("prometheus-alertmanager", "prometheus-alertmanager");
    Awaitility.setDefaultPollInterval(Duration.ofMillis(250));
    List<String> names = new ArrayList<>(HEALTHY);
    names.addAll(DRILLS.keySet());
    stack = new LiveStack(folder, names);
    stack.run("healthy", "wen-li", "--pace", "40", "--steps", "100000");
    stack.run("photos", "photos", "--pace", "20", "--steps", "100000");
    // faster than a millisecond a step, and there to the end
    stack.run(
        "fast",
        "wen-li",
        "--pace",
        "2000",
        "--steps",
        "10000000",
        "--set",
        "features=8",
        "--set",
        "inputs=32",
        "--set",
        "neurons=16",
        "--set",
        "batch=16",
        "--set",
        "active=1");
    for (String drill : DRILLS.keySet()) {
      // long enough to be going on still when the scrape that shows it is in
      stack.run(drill, "wen-li", "--preset", drill, "--pace", "60", "--steps", "1200");
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    Awaitility.reset();
    if (stack != null) {
      stack.close();
    }
  }

  private static double value(String expression) throws IOException {
    return stack.prometheus().value(expression);
  }

  @Test
  @Order(1)
  void everyDrill_goesFromItsDetectorToTheWebhook() {
    for (Map.Entry<String, String> drill : DRILLS.entrySet()) {
      String run = stack.id(drill.getKey());
      await("%s of %s".formatted(drill.getValue(), run))
          .atMost(LONG)
          .until(() -> stack.webhook().has(drill.getValue(), run, "firing"));
    }
  }

  @Test
  @Order(2)
  void everyPanelOfEveryDashboard_hasAnAnswer() throws IOException {
    String photos = stack.id("photos");
    await().atMost(LONG).until(() -> value("sluice_step{run=\"" + photos + "\"}") > 250);
    List<String> faults = new ArrayList<>();
    int asked = 0;
    for (Panels.Asked query : Panels.queries(".*")) {
      asked++;
      String fault = fault(query);
      if (!fault.isEmpty()) {
        faults.add(query.place() + ": " + fault + "\n    " + query.expression());
      }
    }
    assertThat(asked).isGreaterThan(150);
    assertThat(faults).isEmpty();
  }

  /**
   * Events that need not happen to these runs, the collector that need not pause, and the systems
   * of other papers, of which none runs here.
   */
  private static final Set<MayBeEmpty> EXCUSED =
      Set.of(MayBeEmpty.EVENT, MayBeEmpty.PAUSE_OF_THE_COLLECTOR, MayBeEmpty.SYSTEM);

  private static String fault(Panels.Asked query) throws IOException {
    JsonNode answer =
        query.instant()
            ? Http.post(
                stack.prometheus().url() + "/api/v1/query", Map.of("query", query.expression()))
            : Http.post(
                stack.prometheus().url() + "/api/v1/query_range",
                Map.of(
                    "query",
                    query.expression(),
                    "start",
                    Double.toString(System.currentTimeMillis() / 1e3 - 60),
                    "end",
                    Double.toString(System.currentTimeMillis() / 1e3),
                    "step",
                    "5"));
    if (!answer.path("status").asText().equals("success")) {
      return answer.path("error").asText();
    }
    JsonNode result = answer.at("/data/result");
    boolean excused = query.mayBeEmpty().stream().anyMatch(EXCUSED::contains);
    if (excused || hasNumber(result)) {
      return "";
    }
    return result.isEmpty() ? "no answer" : "no number in the answer";
  }

  private static boolean hasNumber(JsonNode result) {
    for (JsonNode series : result) {
      for (JsonNode sample : series.path("values")) {
        if (!sample.get(1).asText().equals("NaN")) {
          return true;
        }
      }
      if (series.has("value") && !series.path("value").get(1).asText().equals("NaN")) {
        return true;
      }
    }
    return false;
  }

  @Test
  @Order(3)
  void everyVariableOfEveryDashboard_hasValues() throws IOException {
    for (Map.Entry<String, JsonNode> dashboard : Panels.dashboards().entrySet()) {
      for (JsonNode variable : dashboard.getValue().at("/templating/list")) {
        String query = variable.at("/query/query").asText(variable.path("query").asText());
        if (variable.path("type").asText().equals("query")) {
          assertThat(values(query)).as(dashboard.getKey() + " " + query).isNotEmpty();
        }
      }
    }
  }

  private static List<String> values(String query) throws IOException {
    List<String> values = new ArrayList<>();
    if (query.startsWith("label_values(")) {
      String[] words = query.substring("label_values(".length(), query.length() - 1).split(", *");
      for (JsonNode one :
          stack.prometheus().query("group by (" + words[1] + ") (" + words[0] + ")")) {
        values.add(one.path("metric").path(words[1]).asText());
      }
      return values;
    }
    assertThat(query).startsWith("query_result(");
    String expression =
        query.substring("query_result(".length(), query.length() - 1).replace("$__range", "15m");
    stack.prometheus().query(expression).forEach(one -> values.add(one.toString()));
    return values;
  }

  @Test
  @Order(4)
  void everyAlertOfADrill_isResolvedAfterItsRunHasEnded() throws Exception {
    for (Map.Entry<String, String> drill : DRILLS.entrySet()) {
      assertThat(stack.process(drill.getKey()).awaitEnd(LONG)).isBetween(0, 1);
      String run = stack.id(drill.getKey());
      await("%s of %s".formatted(drill.getValue(), run))
          .atMost(LONG)
          .until(() -> stack.webhook().has(drill.getValue(), run, "resolved"));
    }
    assertThat(stack.webhook().chats())
        .as("Slack-compatible messages")
        .anyMatch(message -> message.contains("CompleteCollapse"));
  }

  @Test
  @Order(5)
  void aHealthyRun_isSilent() throws IOException {
    assertThat(stack.process("healthy").isAlive()).isTrue();
    for (String name : HEALTHY) {
      String run = stack.id(name);
      assertThat(stack.webhook().notices().stream().filter(one -> one.run().equals(run)))
          .as(name)
          .isEmpty();
      assertThat(
              stack
                  .prometheus()
                  .query(
                      "count_over_time(ALERTS{run=\""
                          + run
                          + "\",severity!=\"info\",alertstate=\"firing\"}[1h])"))
          .as(name)
          .isEmpty();
    }
    assertThat(stack.webhook().notices().stream().map(Notice::alert))
        .as("nothing is wrong with the delivery and the process")
        .doesNotContain(
            "RemoteWriteBehind",
            "RemoteWriteRefused",
            "MetricsDropped",
            "StoreUnwritable",
            "TrainerDown",
            "RunFailed");
  }
}
