package dev.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.metrics.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed dashboards are what their one source says, and keep its rules. {@code
 * -Dsluice.write=true} writes them.
 */
final class DashboardsTest {
  private static final String SOME_RUN = "lottery-small-mask-s0-20260102t030405";
  private static final Catalogue CATALOGUE = Catalogue.complete();
  private static final Map<String, String> EXPECTED = Dashboards.files(CATALOGUE);

  @BeforeAll
  static void writeWhenAsked() throws IOException {
    if (Boolean.getBoolean("sluice.write")) {
      Files.createDirectories(Panels.FOLDER);
      for (Map.Entry<String, String> dashboard : EXPECTED.entrySet()) {
        Files.writeString(Panels.FOLDER.resolve(dashboard.getKey()), dashboard.getValue());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decoupling.json",
        "collapse.json",
        "systems.json",
        "training.json",
        "runs.json",
        "service.json"
      })
  void theFileIsWhatItsSourceSays(String file) {
    assertThat(Panels.FOLDER.resolve(file))
        .as("run: mvn -q test -Dtest=DashboardsTest -Dsluice.write=true")
        .hasContent(EXPECTED.get(file));
  }

  @Test
  void thereAreTheseSixAndNoOther() {
    assertThat(Panels.dashboards().keySet())
        .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet())
        .hasSize(6);
    assertThat(Panels.dashboards().values())
        .extracting(each -> each.get("uid").asText() + ": " + each.get("title").asText())
        .containsExactlyInAnyOrder(
            "sluice-decoupling: Feature decoupling",
            "sluice-collapse: Collapse and representation health",
            "sluice-systems: Systems of other papers",
            "sluice-training: Training and pipeline",
            "sluice-runs: Runs compared",
            "sluice-service: Service");
  }

  @Test
  void noneHasAFault() {
    List<String> faults = new ArrayList<>();
    Panels.dashboards()
        .forEach(
            (file, dashboard) -> faults.addAll(DashboardLint.faults(file, dashboard, CATALOGUE)));
    assertThat(faults).isEmpty();
  }

  @Test
  void eachShowsTheLastQuarterOfAnHour_anewEverySecond_andIsNotEdited() {
    assertThat(Panels.dashboards().values())
        .allSatisfy(
            dashboard -> {
              assertThat(dashboard.get("schemaVersion").asInt()).isBetween(39, 42);
              assertThat(dashboard.get("editable").asBoolean()).isFalse();
              assertThat(dashboard.get("refresh").asText()).isEqualTo("1s");
              assertThat(dashboard.get("time").get("from").asText()).isEqualTo("now-15m");
              assertThat(dashboard.get("time").get("to").asText()).isEqualTo("now");
              assertThat(dashboard.get("tags").get(0).asText()).isEqualTo("sluice");
              assertThat(dashboard.toString())
                  .doesNotContain("__inputs")
                  .doesNotContain("\"current\"");
            });
  }

  @Test
  void eachLeadsToTheOthers_withTheRunAndTheTimeShown() {
    assertThat(Panels.dashboards().values())
        .allSatisfy(
            dashboard -> {
              JsonNode link = dashboard.get("links").get(0);
              assertThat(link.get("type").asText()).isEqualTo("dashboards");
              assertThat(link.get("tags").get(0).asText()).isEqualTo("sluice");
              assertThat(link.get("keepTime").asBoolean()).isTrue();
              assertThat(link.get("includeVars").asBoolean()).isTrue();
            });
  }

  @Test
  void runsAreChosenOneAtATime_theNewestFirst_andTogetherWhereTheyAreCompared() {
    for (String file :
        List.of("decoupling.json", "collapse.json", "systems.json", "training.json")) {
      JsonNode run = variable(file, "run");
      assertThat(run.get("multi").asBoolean()).as(file).isFalse();
      assertThat(run.get("includeAll").asBoolean()).as(file).isFalse();
      assertThat(run.get("query").get("query").asText())
          .startsWith("query_result(sort_desc(")
          .contains("sluice_run_start_timestamp_seconds[$__range]");
      assertThat(run.get("refresh").asInt()).as(file).isEqualTo(2);
    }
    JsonNode runs = variable("runs.json", "run");
    assertThat(runs.get("multi").asBoolean()).isTrue();
    assertThat(runs.get("includeAll").asBoolean()).isTrue();
    assertThat(runs.get("query").get("query").asText())
        .isEqualTo("label_values(sluice_run_info, run)");
    assertThat(runs.get("refresh").asInt()).isEqualTo(2);
    assertThat(variable("service.json", "run").isMissingNode()).isTrue();
  }

  @Test
  void dataSource_isAlwaysTheReadersChoice() {
    for (String file : EXPECTED.keySet()) {
      JsonNode datasource = variable(file, "datasource");
      assertThat(datasource.path("type").asText()).as(file).isEqualTo("datasource");
      assertThat(datasource.path("query").asText()).as(file).isEqualTo("prometheus");
    }
  }

  @Test
  void everyEventThatARunMayHave_isMarkedInMilliseconds() {
    for (String file :
        List.of("decoupling.json", "collapse.json", "systems.json", "training.json", "runs.json")) {
      JsonNode marks = Panels.dashboards().get(file).get("annotations").get("list");
      assertThat(marks)
          .as(file)
          .hasSize(8)
          .allSatisfy(
              mark -> {
                assertThat(mark.get("useValueForTime").asBoolean()).isTrue();
                assertThat(mark.get("target").get("expr").asText()).endsWith("} * 1000");
                assertThat(mark.get("titleFormat")).isEqualTo(mark.get("name"));
              });
    }
  }

  @Test
  void curvesOfEveryStep_areDrawnAsABand_neverAsOneStepOfMany() {
    int bands = 0;
    for (Panels.Asked query : Panels.queries(SOME_RUN)) {
      if (query.expression().contains("_per_step")) {
        assertThat(query.expression()).as(query.place()).containsPattern("(min|max|avg)_over_time");
        bands += query.expression().startsWith("max by") ? 1 : 0;
      }
    }
    assertThat(bands).isGreaterThanOrEqualTo(10);
    for (JsonNode dashboard : Panels.dashboards().values()) {
      Panels.panels(dashboard).forEach(DashboardsTest::everyBandHasItsLowerEdge);
    }
  }

  private static void everyBandHasItsLowerEdge(JsonNode panel) {
    Set<String> legends = new TreeSet<>();
    panel.path("targets").forEach(target -> legends.add(target.get("legendFormat").asText()));
    for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
      for (JsonNode property : override.path("properties")) {
        if (property.get("id").asText().equals("custom.fillBelowTo")) {
          assertThat(legends)
              .as(panel.get("title").asText())
              .contains(
                  property.get("value").asText(), override.get("matcher").get("options").asText());
        }
      }
    }
  }

  @Test
  void curvesOverTheStep_joinItWithTheValueByRun() {
    List<JsonNode> panels =
        Panels.panels(Panels.dashboards().get("runs.json")).stream()
            .filter(panel -> panel.get("type").asText().equals("xychart"))
            .toList();
    assertThat(panels).hasSize(6);
    assertThat(panels)
        .allSatisfy(
            panel -> {
              assertThat(panel.get("targets"))
                  .hasSize(2)
                  .allSatisfy(
                      target -> {
                        assertThat(target.get("format").asText()).isEqualTo("table");
                        assertThat(target.get("expr").asText()).contains("by (run)");
                      });
              assertThat(panel.get("transformations"))
                  .extracting(step -> step.get("id").asText())
                  .containsExactly("merge", "partitionByValues");
              assertThat(panel.get("pluginVersion").asText()).isEqualTo("11.1.0");
            });
  }

  @Test
  void queriesHaveNoVariableLeft() {
    assertThat(Panels.queries(SOME_RUN))
        .hasSizeGreaterThan(150)
        .allSatisfy(
            query ->
                assertThat(query.expression()).as(query.place()).doesNotContain("$").isNotBlank());
  }

  @ParameterizedTest
  @EnumSource(MayBeEmpty.class)
  void whatMayBeEmpty_isAskedForSomewhere_andSaysWhy(MayBeEmpty reason) {
    assertThat(reason.reason()).isNotBlank();
    assertThat(Panels.queries(SOME_RUN))
        .anySatisfy(query -> assertThat(query.mayBeEmpty()).contains(reason));
  }

  @Test
  void mostQueriesMustHaveAnAnswer_wherePanelsAreNotThoseOfOneSystem() {
    List<Panels.Asked> queries =
        Panels.queries(SOME_RUN).stream()
            .filter(query -> !query.place().startsWith("systems.json"))
            .toList();
    assertThat(queries.stream().filter(query -> query.mayBeEmpty().isEmpty()).count())
        .isGreaterThan(queries.size() / 2);
  }

  @Test
  void everyQuery_isUnderstoodByPrometheus(@TempDir Path folder) throws Exception {
    assertThat(Promtool.faults(folder, Panels.queries(SOME_RUN))).isEmpty();
  }

  @Test
  void aQueryThatPrometheusDoesNotUnderstand_isNamed(@TempDir Path folder) throws Exception {
    JsonNode dashboard = Panels.dashboards().get("collapse.json").deepCopy();
    target(panel(dashboard, "Std ratio")).put("expr", "avg by (run (up)");
    assertThat(Promtool.faults(folder, Panels.queries("collapse.json", dashboard, SOME_RUN)))
        .anySatisfy(
            fault -> assertThat(fault).contains("collapse.json / Std ratio / A").contains("parse"));
  }

  /** A fault each, planted into one panel, and what the lint must say of it. */
  enum Planted {
    ID("its id is missing or another's", panel -> panel.put("id", 2)),
    TITLE_TWICE("another panel has its title", panel -> panel.put("title", "Collapse")),
    OVERLAP("lies over", panel -> ((ObjectNode) panel.get("gridPos")).put("y", 1)),
    COLUMNS("reaches beyond the 24", panel -> ((ObjectNode) panel.get("gridPos")).put("x", 20)),
    DESCRIPTION("has no description", panel -> panel.remove("description")),
    UNIT("has no unit", panel -> defaults(panel).remove("unit")),
    AXIS("not fixed", panel -> defaults(panel).remove("max")),
    QUERIES("asks for nothing", panel -> ((ArrayNode) panel.get("targets")).removeAll()),
    LEGEND("query A has no legend", panel -> target(panel).put("legendFormat", " ")),
    DATA_SOURCE("data source", panel -> target(panel).putObject("datasource").put("uid", "mine")),
    UNKNOWN("unknown metric sluice_los", panel -> target(panel).put("expr", "max(sluice_los)")),
    FOREIGN("unknown metric node_load1", panel -> target(panel).put("expr", "node_load1")),
    LABEL("loss has no label layer", panel -> target(panel).put("expr", "sluice_loss{layer='a'}")),
    GAUGE(
        "takes the rate of the gauge sluice_loss",
        panel -> target(panel).put("expr", "rate(sluice_loss[1m])")),
    SUM("which may fall", panel -> target(panel).put("expr", "rate(vertx_some_sum[1m])")),
    RANGE(
        "looks back over 2s", panel -> target(panel).put("expr", "max_over_time(sluice_loss[2s])"));

    private final String said;
    private final Consumer<ObjectNode> fault;

    Planted(String said, Consumer<ObjectNode> fault) {
      this.said = said;
      this.fault = fault;
    }
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void aPlantedFault_isNoticedWithFileAndPanel(Planted planted) {
    JsonNode dashboard = Panels.dashboards().get("collapse.json").deepCopy();
    ObjectNode panel = panel(dashboard, "Std ratio");
    planted.fault.accept(panel);
    assertThat(DashboardLint.faults("collapse.json", dashboard, CATALOGUE))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .startsWith("collapse.json / " + panel.path("title").asText() + ": ")
                    .contains(planted.said));
  }

  @Test
  void aPanelWithoutATitle_isNoticed() throws IOException {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree("{\"panels\":[{\"id\":1,\"type\":\"text\",\"gridPos\":{\"w\":4,\"h\":4}}]}");
    assertThat(DashboardLint.faults("a.json", dashboard, CATALOGUE))
        .contains("a.json / : has no title", "a.json / : has no description");
  }

  private static ObjectNode defaults(ObjectNode panel) {
    return (ObjectNode) panel.get("fieldConfig").get("defaults");
  }

  private static ObjectNode target(ObjectNode panel) {
    return (ObjectNode) panel.get("targets").get(0);
  }

  private static ObjectNode panel(JsonNode dashboard, String title) {
    return (ObjectNode)
        Panels.panels(dashboard).stream()
            .filter(panel -> panel.get("title").asText().equals(title))
            .findFirst()
            .orElseThrow();
  }

  private static JsonNode variable(String file, String name) {
    for (JsonNode variable : Panels.dashboards().get(file).get("templating").get("list")) {
      if (variable.get("name").asText().equals(name)) {
        return variable;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
