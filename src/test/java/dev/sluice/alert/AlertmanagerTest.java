package dev.sluice.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.stack.Programs;
import dev.sluice.stack.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who hears of which alert. */
final class AlertmanagerTest {
  private static final Path FILE = Path.of("prometheus", "alertmanager.yml");
  private static final Path TEMPLATES = Path.of("prometheus", "templates", "*.tmpl");

  @Test
  void configuration_passesAmtool() throws Exception {
    Programs.Said answer = Programs.amtool("check-config", FILE);

    assertThat(answer.status()).as("%s: %s", FILE, answer.text()).isZero();
    assertThat(answer.text()).contains("1 templates");
  }

  @ParameterizedTest
  @CsvSource({
    "alertname=CompleteCollapse severity=critical run=r kind=complete, on-call",
    "alertname=TrainerDown severity=critical instance=i, on-call",
    "alertname=NonFiniteTensor severity=critical run=r tensor=weight, on-call",
    "alertname=NonFiniteTensor severity=warning run=r tensor=gradient, team",
    "alertname=DeadNeurons severity=warning run=r, team",
    "alertname=RemoteWriteBehind severity=warning, team",
    "alertname=BackPressureSustained severity=info run=r, nobody",
    "alertname=SomebodyElses, team",
  })
  void everySeverity_reachesItsReceiver(String labels, String receiver) throws Exception {
    List<Object> arguments =
        new ArrayList<>(List.of("config", "routes", "test", "--config.file=" + FILE));
    arguments.addAll(Arrays.asList(labels.split(" ", -1)));

    assertThat(Programs.amtool(arguments.toArray()).text().lines().toList()).contains(receiver);
  }

  @Test
  void criticalAlerts_doNotWait_andEveryGroupIsOneAlertOfOneRun() throws IOException {
    JsonNode route = Yaml.of(FILE).tree().path("route");

    assertThat(texts(route.path("group_by"))).containsExactly("alertname", "run");
    assertThat(child(route, "critical").path("group_wait").asText()).isEqualTo("0s");
    assertThat(route.path("group_wait").asText()).isNotEqualTo("0s");
  }

  @Test
  void nobody_isNotifiedOfInformation() throws IOException {
    JsonNode config = Yaml.of(FILE).tree();
    String receiver = child(config.path("route"), "info").path("receiver").asText();
    for (JsonNode each : config.path("receivers")) {
      if (each.path("name").asText().equals(receiver)) {
        assertThat(each.size()).as("what %s has beside its name", receiver).isEqualTo(1);
      } else {
        assertThat(each.at("/webhook_configs/0/send_resolved").asBoolean()).isTrue();
        assertThat(each.at("/webhook_configs/0/url").asText())
            .isEqualTo("http://127.0.0.1:9095/alerts");
        assertThat(each.path("slack_configs").size()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CompleteCollapse, DimensionalCollapse, true",
    "CompleteCollapse, LossAtChance, true",
    "CompleteCollapse, DeadNeurons, true",
    "CompleteCollapse, CollapseRisk, true",
    "CompleteCollapse, UniformityLost, true",
    "CompleteCollapse, NegativesAligned, true",
    "CompleteCollapse, Diverged, false",
    "CompleteCollapse, TrainingStalled, false",
    "CompleteCollapse, CompleteCollapse, false",
    "TrainingStalled, CompleteCollapse, true",
    "TrainingStalled, LossSpike, true",
    "TrainingStalled, StoreUnwritable, false",
    "TrainingStalled, NonFiniteLoss, false",
    "TrainingStalled, TrainingStalled, false",
    "DimensionalCollapse, CompleteCollapse, false",
    "Diverged, NonFiniteTensor, true",
    "Diverged, GradientExploding, true",
    "Diverged, NonFiniteLoss, false",
    "Diverged, CompleteCollapse, false",
  })
  void alerts_silenceWhatFollowsFromThem_inTheirOwnRun(String source, String target, boolean silent)
      throws IOException {
    assertThat(silences(source, target, "[\"run\"]")).isEqualTo(silent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"firing", "resolved"})
  void chat_showsALineAnAlert(String status, @TempDir Path folder) throws Exception {
    Path data = folder.resolve("data.json");
    Files.writeString(
        data,
        """
        {"receiver": "team", "status": "%1$s", "externalURL": "http://a",
         "groupLabels": {"alertname": "LossAtChance", "run": "r1"},
         "commonLabels": {}, "commonAnnotations": {},
         "alerts": [%2$s, %2$s]}
        """
            .formatted(
                status,
                """
                {"status": "%s", "labels": {"alertname": "LossAtChance", "severity": "warning"},
                 "annotations": {"summary": "r1 learns nothing", "description": "1.2 times.",
                   "runbook_url": "docs/runbook.md#lossatchance",
                   "dashboard_url": "http://localhost:3000/d/sluice-collapse?var-run=r1"}}
                """
                    .formatted(status)));

    assertThat(render("sluice.title", data).strip())
        .isEqualTo(
            status.equals("firing") ? "FIRING 2: LossAtChance, r1" : "RESOLVED: LossAtChance, r1");
    assertThat(render("sluice.lines", data).lines().filter(line -> !line.isBlank()))
        .hasSize(2)
        .allMatch(
            line ->
                line.equals(
                    (status.equals("firing")
                            ? "warning: r1 learns nothing. 1.2 times. Runbook:"
                                + " docs/runbook.md#lossatchance"
                            : "recovered, or its run has ended: r1 learns nothing.")
                        + " <http://localhost:3000/d/sluice-collapse?var-run=r1|Dashboard>"));
  }

  private static String render(String template, Path data) throws Exception {
    Programs.Said answer =
        Programs.amtool(
            "template",
            "render",
            "--template.glob=" + TEMPLATES,
            "--template.data=" + data,
            "--template.text={{ template \"" + template + "\" . }}");
    assertThat(answer.status()).as(answer.text()).isZero();
    return answer.text();
  }

  private static boolean silences(String source, String target, String equal) throws IOException {
    for (JsonNode rule : Yaml.of(FILE).tree().path("inhibit_rules")) {
      if (rule.path("equal").toString().equals(equal)
          && matches(rule.path("source_matchers"), source)
          && matches(rule.path("target_matchers"), target)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an alert of that name passes matchers that are all about names. */
  private static boolean matches(JsonNode matchers, String alert) {
    return texts(matchers).stream().allMatch(matcher -> matches(matcher, alert));
  }

  private static boolean matches(String matcher, String alert) {
    var parts = Pattern.compile("alertname(=|=~|!~)\"(.*)\"").matcher(matcher);
    assertThat(parts.matches()).as(matcher).isTrue();
    return alert.matches(parts.group(2)) != parts.group(1).equals("!~");
  }

  private static JsonNode child(JsonNode route, String severity) {
    for (JsonNode child : route.path("routes")) {
      if (texts(child.path("matchers")).contains("severity=\"" + severity + "\"")) {
        return child;
      }
    }
    throw new AssertionError("no route of severity " + severity);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
