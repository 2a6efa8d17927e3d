package dev.sluice.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that the committed dashboards ask of Prometheus, ready to be asked. */
public final class Panels {
  public static final Path FOLDER = Path.of("grafana", "dashboards");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What Grafana puts in for its variables when points are 5 s apart and scrapes 1 s. */
  private static final Map<String, String> VARIABLES =
      Map.of("$__interval", "5s", "$__rate_interval", "6s", "$__range", "15m");

  private Panels() {}

  /**
   * One query.
   *
   * @param file for example {@code decoupling.json}
   * @param dashboard its title
   * @param panel title of the panel, or {@code annotation NAME}
   * @param query its letter within the panel
   * @param expression PromQL without variables
   * @param instant whether the panel asks for the present only
   */
  public record Asked(
      String file,
      String dashboard,
      String panel,
      String query,
      String expression,
      boolean instant) {

    /** Where it stands, for the message of a failure. */
    public String place() {
      return file + " / " + panel + " / " + query;
    }

    /** Why the answer may be empty, none where it may not. */
    public List<MayBeEmpty> mayBeEmpty() {
      return MayBeEmpty.reasons(this);
    }
  }

  /** The dashboards by file name. */
  public static Map<String, JsonNode> dashboards() {
    Map<String, JsonNode> dashboards = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        dashboards.put(file.getFileName().toString(), MAPPER.readTree(file.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return dashboards;
  }

  /**
   * Every query of every dashboard.
   *
   * @param runs regular expression of the runs to ask for
   */
  public static List<Asked> queries(String runs) {
    List<Asked> asked = new ArrayList<>();
    dashboards().forEach((file, dashboard) -> asked.addAll(queries(file, dashboard, runs)));
    return asked;
  }

  static List<Asked> queries(String file, JsonNode dashboard, String runs) {
    List<Asked> asked = new ArrayList<>();
    String title = dashboard.path("title").asText();
    for (JsonNode panel : panels(dashboard)) {
      for (JsonNode target : panel.path("targets")) {
        asked.add(
            new Asked(
                file,
                title,
                panel.path("title").asText(),
                target.path("refId").asText(),
                resolve(target.path("expr").asText(), runs),
                target.path("instant").asBoolean()));
      }
    }
    for (JsonNode annotation : dashboard.path("annotations").path("list")) {
      asked.add(
          new Asked(
              file,
              title,
              "annotation " + annotation.path("name").asText(),
              "A",
              resolve(annotation.path("target").path("expr").asText(), runs),
              false));
    }
    return asked;
  }

  /** All panels but headings, those under a folded heading too. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      if (panel.path("type").asText().equals("row")) {
        panel.path("panels").forEach(panels::add);
      } else {
        panels.add(panel);
      }
    }
    return panels;
  }

  static String resolve(String expression, String runs) {
    // in a quoted string of PromQL a backslash stands for itself only when doubled
    String resolved = expression.replace("$run", runs.replace("\\", "\\\\"));
    for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      resolved = resolved.replace("[" + variable.getKey() + "]", "[" + variable.getValue() + "]");
    }
    return resolved;
  }
}
