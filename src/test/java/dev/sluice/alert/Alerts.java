package dev.sluice.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.event.CollapseKind;
import dev.sluice.event.MetricSpec;
import dev.sluice.metrics.Catalogue;
import dev.sluice.stack.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The alert rules, their unit tests and the runbook, read together, and what is wrong between them.
 */
final class Alerts {
  private static final Path RULES = Path.of("prometheus", "rules");
  private static final Path TESTS = Path.of("prometheus", "tests");
  private static final Path RUNBOOK = Path.of("docs", "runbook.md");

  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");
  private static final Set<String> DASHBOARDS =
      Set.of(
          "sluice-decoupling",
          "sluice-collapse",
          "sluice-systems",
          "sluice-training",
          "sluice-runs",
          "sluice-service");

  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "max", "min", "sum", "avg", "count");
  private static final Pattern COMMENT = Pattern.compile("#.*");
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SELECTOR = Pattern.compile("([a-z_:][a-z0-9_:]*)\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!=|!~|=)");
  private static final Pattern KIND = Pattern.compile("kind=\"([a-z_]+)\"");
  private static final Pattern NOT_A_NAME =
      Pattern.compile(
          "\\{[^}]*}|\\[[^]]*]|\\b(on|by|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
              + "|\\boffset\\s+\\w+|\\b[a-z_0-9]+\\s*\\(|\\b[0-9][0-9.e]*\\b");
  private static final Pattern NAME = Pattern.compile("[a-z_:][a-z0-9_:]*");
  private static final Pattern HEADING = Pattern.compile("^## (\\S+)$", Pattern.MULTILINE);
  private static final Pattern ROW =
      Pattern.compile("^\\| (critical|info) \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);

  private final Catalogue catalogue = Catalogue.complete();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Set<String>> severities = new LinkedHashMap<>();
  private final Set<String> headings = new TreeSet<>();
  private final Set<String> firing = new HashSet<>();
  private final Set<String> quiet = new HashSet<>();
  private final String runbook;

  private Alerts(List<String> rules, List<String> tests, String runbook) throws IOException {
    this.runbook = runbook;
    Matcher heading = HEADING.matcher(runbook);
    while (heading.find()) {
      headings.add(heading.group(1));
    }
    for (String file : tests) {
      readTests(Yaml.of(file).tree());
    }
    for (String file : rules) {
      for (JsonNode group : Yaml.of(file).tree().path("groups")) {
        readGroup(group);
      }
    }
    compare();
  }

  /** As they stand in the repository. */
  static Alerts ofTheRepository() throws IOException {
    return changed(text -> text, text -> text, text -> text);
  }

  /** With every file of a sort changed; for the test of this class. */
  static Alerts changed(
      UnaryOperator<String> rules, UnaryOperator<String> tests, UnaryOperator<String> runbook)
      throws IOException {
    return new Alerts(
        texts(RULES).stream().map(rules).toList(),
        texts(TESTS).stream().map(tests).toList(),
        runbook.apply(Files.readString(RUNBOOK)));
  }

  private static List<String> texts(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : Yaml.files(folder)) {
      texts.add(Files.readString(file));
    }
    return texts;
  }

  /** What is wrong, in words; nothing where all is well. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** The name of every alert. */
  Set<String> names() {
    return severities.keySet();
  }

  // ---- unit tests

  private void readTests(JsonNode file) {
    for (JsonNode test : file.path("tests")) {
      for (JsonNode one : test.path("alert_rule_test")) {
        String alert = one.path("alertname").asText();
        JsonNode expected = one.path("exp_alerts");
        if (expected.isArray() && expected.isEmpty()) {
          quiet.add(alert);
        }
        if (expected.isArray() && !expected.isEmpty()) {
          firing.add(alert);
        }
      }
    }
  }

  // ---- rules

  private void readGroup(JsonNode group) {
    Set<String> recorded = new HashSet<>();
    for (JsonNode rule : group.path("rules")) {
      if (rule.has("record")) {
        recorded.add(rule.path("record").asText());
      }
    }
    for (JsonNode rule : group.path("rules")) {
      String where = rule.path(rule.has("alert") ? "alert" : "record").asText();
      readExpression(where, rule.path("expr").asText(), recorded);
      if (rule.has("alert")) {
        readAlert(where, rule);
      }
    }
  }

  private void readAlert(String alert, JsonNode rule) {
    String severity = rule.at("/labels/severity").asText();
    severities.computeIfAbsent(alert, name -> new TreeSet<>()).add(severity);
    if (!SEVERITIES.contains(severity)) {
      fault(alert, "severity '" + severity + "' is none of " + SEVERITIES);
    }
    JsonNode annotations = rule.path("annotations");
    if (annotations.path("summary").asText().isBlank()) {
      fault(alert, "has no summary");
    }
    if (!annotations.path("description").asText().contains("$value")) {
      fault(alert, "does not describe its $value");
    }
    if (!annotations
        .path("runbook_url")
        .asText()
        .equals("docs/runbook.md#" + alert.toLowerCase(Locale.ROOT))) {
      fault(alert, "runbook_url is " + annotations.path("runbook_url").asText());
    }
    String dashboard = annotations.path("dashboard").asText();
    if (!DASHBOARDS.contains(dashboard)) {
      fault(alert, "dashboard '" + dashboard + "' is none of " + DASHBOARDS);
    }
    String link = "http://localhost:3000/d/" + dashboard;
    String ofTheRun = link + "?var-run={{ $labels.run }}";
    boolean hasRun = annotations.toString().contains("$labels.run");
    if (!annotations.path("dashboard_url").asText().equals(hasRun ? ofTheRun : link)) {
      fault(alert, "dashboard_url is " + annotations.path("dashboard_url").asText());
    }
  }

  private void readExpression(String where, String expression, Set<String> recorded) {
    String code = COMMENT.matcher(expression).replaceAll("");
    Matcher kind = KIND.matcher(code);
    while (kind.find()) {
      String label = kind.group(1);
      if (Arrays.stream(CollapseKind.values()).noneMatch(one -> one.label().equals(label))) {
        fault(where, "no kind of collapse is called " + label);
      }
    }
    Matcher selector = SELECTOR.matcher(code);
    while (selector.find()) {
      readLabels(where, selector.group(1), TEXT.matcher(selector.group(2)).replaceAll(""));
    }
    String names =
        NOT_A_NAME.matcher(TEXT.matcher(code).replaceAll("")).replaceAll(" ").replace("(", " ");
    Matcher name = NAME.matcher(names);
    while (name.find()) {
      if (!WORDS.contains(name.group()) && !isKnown(name.group(), recorded)) {
        fault(where, "nothing exports or records " + name.group() + " for it");
      }
    }
  }

  private void readLabels(String where, String name, String matchers) {
    Optional<MetricSpec> spec = spec(name);
    Matcher label = LABEL.matcher(matchers);
    while (spec.isPresent() && label.find()) {
      if (!spec.get().labelNames().contains(label.group(1))
          && !Set.of("run", "job", "instance").contains(label.group(1))) {
        fault(where, name + " has no label " + label.group(1));
      }
    }
  }

  /** Recorded in the same group: between two groups a second goes by. */
  private boolean isKnown(String name, Set<String> recorded) {
    return name.equals("up")
        || name.matches("(jvm|process|vertx)_.*")
        || recorded.contains(name)
        || spec(name).isPresent();
  }

  private Optional<MetricSpec> spec(String name) {
    if (!name.startsWith("sluice_")) {
      return Optional.empty();
    }
    String ours = name.substring("sluice_".length());
    return catalogue
        .find(ours)
        .or(
            () ->
                catalogue
                    .find(ours.replaceFirst("_(bucket|count|sum)$", ""))
                    .filter(spec -> spec.type() == MetricSpec.Type.HISTOGRAM));
  }

  // ---- between them

  private void compare() {
    for (String alert : severities.keySet()) {
      if (!headings.contains(alert)) {
        fault(alert, "has no entry in the runbook");
      }
      if (!firing.contains(alert)) {
        fault(alert, "has no unit test that shows it firing");
      }
      if (!quiet.contains(alert)) {
        fault(alert, "has no unit test that shows it quiet");
      }
    }
    headings.stream()
        .filter(name -> !severities.containsKey(name))
        .forEach(name -> fault(name, "stands in the runbook, and no rule"));
    Matcher row = ROW.matcher(runbook);
    int rows = 0;
    while (row.find()) {
      compareRow(row.group(1), row.group(2));
      rows++;
    }
    if (rows != 2) {
      faults.add("the runbook's table of severities has " + rows + " rows that name alerts");
    }
  }

  private void compareRow(String severity, String cell) {
    Set<String> named = new TreeSet<>();
    Arrays.stream(cell.split(",", -1))
        .forEach(name -> named.add(name.replaceFirst("\\(.*", "").strip()));
    Set<String> ruled = new TreeSet<>();
    severities.forEach(
        (alert, has) -> {
          if (has.contains(severity)) {
            ruled.add(alert);
          }
        });
    if (!named.equals(ruled)) {
      faults.add("the runbook calls " + named + " " + severity + ", the rules " + ruled);
    }
  }

  private void fault(String where, String what) {
    faults.add(where + ": " + what);
  }
}
