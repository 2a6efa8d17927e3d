package dev.sluice.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.event.MetricSpec;
import dev.sluice.metrics.Catalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a dashboard of ours must not do. Each fault names the file and the panel. */
final class DashboardLint {
  private static final int COLUMNS = 24;

  /** Ratios that have no fixed upper end, or no fixed end at all. */
  private static final Set<String> BOUNDLESS =
      Set.of(
          "threshold_ratio",
          "update_ratio",
          "representation_share",
          "probe_r2",
          "class_variability_ratio");

  private static final Set<String> WORDLESS = Set.of("alertlist", "text");
  private static final Set<String> KEYWORDS = Set.of("or", "and", "unless", "bool", "offset");
  private static final Set<String> EVERY_SERIES = Set.of("run", "job", "instance", "le");

  private static final Pattern PLATFORM = Pattern.compile("(jvm|process|system|vertx)_\\w+");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)(?![\\w:])(?!\\s*\\()");
  private static final Pattern SELECTOR = Pattern.compile("sluice_(\\w+)\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)");
  private static final Pattern RATE =
      Pattern.compile("\\b(rate|irate|increase|resets)\\(\\s*([a-zA-Z_:][\\w:]*)");
  private static final Pattern RANGE = Pattern.compile("\\[([^\\]]*)]");
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");
  private static final Set<String> RANGES = Set.of("$__interval", "$__rate_interval", "$__range");

  private final String file;
  private final JsonNode dashboard;
  private final Catalogue catalogue;
  private final List<String> faults = new ArrayList<>();

  private DashboardLint(String file, JsonNode dashboard, Catalogue catalogue) {
    this.file = file;
    this.dashboard = dashboard;
    this.catalogue = catalogue;
  }

  /** All faults of a dashboard, none if it is in order. */
  static List<String> faults(String file, JsonNode dashboard, Catalogue catalogue) {
    DashboardLint lint = new DashboardLint(file, dashboard, catalogue);
    lint.numbersAndTitles();
    lint.layout(dashboard.path("panels"));
    for (JsonNode heading : dashboard.path("panels")) {
      lint.layout(heading.path("panels"));
    }
    Panels.panels(dashboard).forEach(lint::panel);
    for (JsonNode annotation : dashboard.path("annotations").path("list")) {
      String name = "annotation " + annotation.path("name").asText();
      lint.expression(name, annotation.path("target").path("expr").asText());
      lint.datasource(name, annotation);
    }
    return lint.faults;
  }

  private void numbersAndTitles() {
    Set<Integer> ids = new HashSet<>();
    Set<String> titles = new HashSet<>();
    List<JsonNode> all = new ArrayList<>(Panels.panels(dashboard));
    for (JsonNode panel : dashboard.path("panels")) {
      if (panel.path("type").asText().equals("row")) {
        all.add(panel);
      }
    }
    for (JsonNode panel : all) {
      if (!ids.add(panel.path("id").asInt(-1)) || panel.path("id").asInt(-1) < 1) {
        fault(panel, "its id is missing or another's: " + panel.path("id"));
      }
      if (panel.path("title").asText().isBlank()) {
        fault(panel, "has no title");
      } else if (!titles.add(panel.path("title").asText())) {
        fault(panel, "another panel has its title");
      }
    }
  }

  private void layout(JsonNode panels) {
    for (int i = 0; i < panels.size(); i++) {
      JsonNode at = panels.get(i).path("gridPos");
      if (at.path("x").asInt(-1) < 0
          || at.path("w").asInt() < 1
          || at.path("h").asInt() < 1
          || at.path("x").asInt() + at.path("w").asInt() > COLUMNS) {
        fault(panels.get(i), "reaches beyond the " + COLUMNS + " columns: " + at);
      }
      for (int j = 0; j < i; j++) {
        if (overlap(at, panels.get(j).path("gridPos"))) {
          fault(panels.get(i), "lies over " + panels.get(j).path("title").asText());
        }
      }
    }
  }

  private static boolean overlap(JsonNode a, JsonNode b) {
    return meet(a, b, "x", "w") && meet(a, b, "y", "h");
  }

  private static boolean meet(JsonNode a, JsonNode b, String start, String length) {
    return a.path(start).asInt() < b.path(start).asInt() + b.path(length).asInt()
        && b.path(start).asInt() < a.path(start).asInt() + a.path(length).asInt();
  }

  private void panel(JsonNode panel) {
    if (panel.path("description").asText().isBlank()) {
      fault(panel, "has no description");
    }
    if (WORDLESS.contains(panel.path("type").asText())) {
      return;
    }
    String title = panel.path("title").asText();
    JsonNode defaults = panel.path("fieldConfig").path("defaults");
    if (defaults.path("unit").asText().isBlank()) {
      fault(panel, "has no unit");
    }
    datasource(title, panel);
    if (panel.path("targets").isEmpty()) {
      fault(panel, "asks for nothing");
    }
    Set<String> letters = new HashSet<>();
    for (JsonNode target : panel.path("targets")) {
      datasource(title, target);
      if (target.path("legendFormat").asText().isBlank()) {
        fault(panel, "query " + target.path("refId").asText() + " has no legend");
      }
      if (!letters.add(target.path("refId").asText())) {
        fault(panel, "two queries have the letter " + target.path("refId").asText());
      }
      expression(title, target.path("expr").asText());
    }
    boolean fixed = defaults.has("min") && defaults.has("max");
    if (!fixed && !panel.path("type").asText().equals("table") && drawsRatio(panel)) {
      fault(panel, "draws a ratio on an axis that is not fixed");
    }
  }

  private boolean drawsRatio(JsonNode panel) {
    if (panel.path("fieldConfig").path("defaults").path("unit").asText().equals(Unit.SHARE)) {
      return true;
    }
    for (JsonNode target : panel.path("targets")) {
      for (String metric : metrics(target.path("expr").asText())) {
        Optional<MetricSpec> spec = ours(metric);
        if (spec.isPresent()
            && spec.get().unit().equals("ratio")
            && !BOUNDLESS.contains(spec.get().name())) {
          return true;
        }
      }
    }
    return false;
  }

  private void datasource(String where, JsonNode node) {
    if (!node.path("datasource").path("uid").asText().equals("${datasource}")) {
      fault(where, "does not take the data source of the dashboard");
    }
  }

  private void expression(String where, String expression) {
    if (expression.isBlank()) {
      fault(where, "has an empty query");
    }
    metrics(expression).forEach(metric -> metric(where, metric));
    labels(where, expression);
    rates(where, expression);
    ranges(where, expression);
  }

  private void metric(String where, String metric) {
    boolean known =
        ours(metric).isPresent()
            || PLATFORM.matcher(metric).matches()
            || metric.equals("up")
            || metric.equals("ALERTS")
            || metric.contains(":");
    if (!known) {
      fault(where, "asks for the unknown metric " + metric);
    }
  }

  private void labels(String where, String expression) {
    Matcher selectors = SELECTOR.matcher(expression);
    while (selectors.find()) {
      Optional<MetricSpec> spec = ours("sluice_" + selectors.group(1));
      Matcher labels = LABEL.matcher(selectors.group(2).replaceAll("\"[^\"]*\"", "\"\""));
      while (spec.isPresent() && labels.find()) {
        if (!spec.get().labelNames().contains(labels.group(1))
            && !EVERY_SERIES.contains(labels.group(1))) {
          fault(where, spec.get().name() + " has no label " + labels.group(1));
        }
      }
    }
  }

  private void rates(String where, String expression) {
    Matcher rates = RATE.matcher(expression);
    while (rates.find()) {
      String metric = rates.group(2);
      Optional<MetricSpec> spec = ours(metric);
      boolean counts =
          spec.isPresent()
              ? spec.get().type() != MetricSpec.Type.GAUGE
              : metric.matches(".*_(total|count|sum|bucket)");
      if (!counts) {
        fault(where, "takes the rate of the gauge " + metric);
      }
      if (metric.endsWith("_sum") && !metric.matches(".*_(seconds|bytes)_sum")) {
        fault(where, "takes the rate of " + metric + ", which may fall");
      }
    }
  }

  private void ranges(String where, String expression) {
    Matcher ranges = RANGE.matcher(expression);
    while (ranges.find()) {
      if (RANGES.contains(ranges.group(1))) {
        continue;
      }
      Matcher duration = DURATION.matcher(ranges.group(1));
      if (!duration.matches() || milliseconds(duration) < 3000) {
        fault(where, "looks back over " + ranges.group(1) + ", less than three scrapes");
      }
    }
  }

  private static long milliseconds(Matcher duration) {
    long number = Long.parseLong(duration.group(1));
    return switch (duration.group(2)) {
      case "ms" -> number;
      case "s" -> number * 1000;
      case "m" -> number * 60_000;
      case "h" -> number * 3_600_000;
      default -> number * 86_400_000;
    };
  }

  /** Names of metrics in an expression. */
  private static List<String> metrics(String expression) {
    String bare = expression.replaceAll("\"[^\"]*\"", "").replaceAll("\\{[^}]*}", "");
    bare = RANGE.matcher(GROUPING.matcher(bare).replaceAll(" ")).replaceAll("");
    List<String> metrics = new ArrayList<>();
    Matcher names = NAME.matcher(bare);
    while (names.find()) {
      if (!KEYWORDS.contains(names.group(1))) {
        metrics.add(names.group(1));
      }
    }
    return metrics;
  }

  private Optional<MetricSpec> ours(String metric) {
    if (!metric.startsWith(MetricSpec.PREFIX)) {
      return Optional.empty();
    }
    String name = metric.substring(MetricSpec.PREFIX.length());
    return catalogue
        .find(name)
        .or(
            () ->
                catalogue
                    .find(name.replaceFirst("_(bucket|sum|count)$", ""))
                    .filter(spec -> spec.type() == MetricSpec.Type.HISTOGRAM));
  }

  private void fault(JsonNode panel, String what) {
    fault(panel.path("title").asText(), what);
  }

  private void fault(String where, String what) {
    faults.add(file + " / " + where + ": " + what);
  }
}
