package dev.sluice.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.stack.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules, their unit tests, the runbook and the metrics say the same. */
final class AlertCatalogueTest {
  private static final Path DASHBOARDS = Path.of("grafana", "dashboards");

  /** Every alert there is to be. */
  private static final List<String> CATALOGUE =
      List.of(
          "CompleteCollapse",
          "CollapseRisk",
          "DimensionalCollapse",
          "UniformityLost",
          "NegativesAligned",
          "LossAtChance",
          "DenseFeatureDominance",
          "DecouplingStalled",
          "DeadNeurons",
          "AlwaysOnNeurons",
          "Diverged",
          "NonFiniteLoss",
          "NonFiniteTensor",
          "LossSpike",
          "LossDiverging",
          "GradientVanished",
          "GradientExploding",
          "UpdateRatioOutOfRange",
          "TrainingStalled",
          "TrainerDown",
          "ScrapesTooSeldom",
          "ScrapeFailing",
          "ThroughputDropped",
          "PairStarvation",
          "BackPressureSustained",
          "ProbeOverhead",
          "ProbesDisabled",
          "MetricsDropped",
          "RemoteWriteBehind",
          "RemoteWriteRefused",
          "StoreUnwritable",
          "RunFailed",
          "OffHeapNearLimit",
          "EventLoopBlocked",
          "DecayAboveThreshold",
          "RootCorrelationLost",
          "TreeNetDead",
          "IncompatibleLatentsLead",
          "ClassAccuracyLost",
          "LatentsLost",
          "DirectionLost");

  @Test
  void everyAlertOfTheCatalogue_hasARule_andNoOther() throws IOException {
    assertThat(Alerts.ofTheRepository().names()).containsExactlyInAnyOrderElementsOf(CATALOGUE);
  }

  @Test
  void rulesTestsRunbookAndMetrics_agree() throws IOException {
    assertThat(Alerts.ofTheRepository().faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "severity: info; severity: page; severity 'page' is none of",
        "'summary: Most neurons of {{ $labels.run }} never fire'; 'summary: '''''; 'DeadNeurons: has no summary'",
        "'{{ printf \"%.4g\" $value }} times the limit of dead'; many times the limit of dead; 'DeadNeurons: does not describe its $value'",
        "runbook.md#deadneurons; runbook.md#neurons; DeadNeurons: runbook_url is",
        "dashboard: sluice-service; dashboard: sluice-home; dashboard 'sluice-home' is none of",
        "'d/sluice-service'; 'd/sluice-services'; 'TrainerDown: dashboard_url is'",
        "'?var-run={{ $labels.run }}'; ''; 'DeadNeurons: dashboard_url is'",
        "alert: DeadNeurons; alert: DeadNeuron; DeadNeuron: has no entry in the runbook",
        "alert: DeadNeurons; alert: SilentNeurons; 'DeadNeurons: stands in the runbook, and no rule'",
        "sluice_update_ratio; sluice_update_rate; nothing exports or records sluice_update_rate",
        "'run) collapse:armed:bool'; 'run) learning:armed:bool'; nothing exports or records learning:armed:bool",
        "'{part=\"total\"}'; '{share=\"total\"}'; sluice_loss has no label share",
        "'score{kind=\"neuron\"}'; 'score{kind=\"neurons\"}'; no kind of collapse is called neurons",
        "severity: warning; severity: critical; the runbook calls",
      })
  void aFaultInTheRules_isNoticed(String before, String after, String fault) throws IOException {
    List<String> faults =
        Alerts.changed(text -> text.replace(before, after), text -> text, text -> text).faults();

    assertThat(faults).anyMatch(one -> one.contains(fault));
  }

  @Test
  void anAlertThatNoUnitTestShowsFiring_isNoticed() throws IOException {
    Alerts alerts =
        Alerts.changed(
            text -> text,
            text -> text.replace("alertname: EventLoopBlocked", "alertname: Nothing"),
            text -> text);

    assertThat(alerts.faults())
        .contains(
            "EventLoopBlocked: has no unit test that shows it firing",
            "EventLoopBlocked: has no unit test that shows it quiet");
  }

  @Test
  void anAlertThatIsNotInTheRunbook_isNoticed() throws IOException {
    Alerts alerts =
        Alerts.changed(
            text -> text, text -> text, text -> text.replace("## PairStarvation", "## Hunger"));

    assertThat(alerts.faults())
        .contains(
            "PairStarvation: has no entry in the runbook",
            "Hunger: stands in the runbook, and no rule");
  }

  /** Each group has its own, because a second goes by between two groups; but it is the same. */
  @Test
  void whatIsArmed_isTheSameInEveryGroup() throws IOException {
    Map<String, Set<String>> expressions = new LinkedHashMap<>();
    for (Path file : Yaml.files(Path.of("prometheus", "rules"))) {
      for (JsonNode group : Yaml.of(file).tree().path("groups")) {
        for (JsonNode rule : group.path("rules")) {
          Matcher name =
              Pattern.compile("(.*):(armed|running):bool").matcher(rule.path("record").asText());
          if (name.matches()) {
            expressions
                .computeIfAbsent(name.group(2), what -> new HashSet<>())
                .add(rule.path("expr").asText().strip().replace(name.group(1) + ":", ""));
          }
        }
      }
    }

    assertThat(expressions).containsOnlyKeys("armed", "running");
    assertThat(expressions.values()).allSatisfy(same -> assertThat(same).hasSize(1));
  }

  @Test
  void everyGroup_isEvaluatedEverySecond() throws IOException {
    for (Path file : Yaml.files(Path.of("prometheus", "rules"))) {
      for (JsonNode group : Yaml.of(file).tree().path("groups")) {
        assertThat(group.path("interval").asText()).as(file.toString()).isEqualTo("1s");
      }
    }
  }

  @Test
  void panels_thatTheRunbookNames_exist() throws IOException {
    Set<String> titles = new HashSet<>();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        Yaml.of(file).tree().findValues("title").forEach(title -> titles.add(title.asText()));
      }
    }
    List<String> named = new ArrayList<>();
    Matcher panel =
        Pattern.compile("\"([^\"]+)\"")
            .matcher(Files.readString(Path.of("docs", "runbook.md")).replaceAll("\\s+", " "));
    while (panel.find()) {
      named.add(panel.group(1));
    }

    assertThat(named).isNotEmpty();
    assertThat(titles).containsAll(named);
  }
}
