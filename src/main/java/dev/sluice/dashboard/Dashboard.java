package dev.sluice.dashboard;

import static dev.sluice.dashboard.Json.array;
import static dev.sluice.dashboard.Json.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One dashboard: its rows, the variables over them and the events that they all mark. */
final class Dashboard {
  static final String TAG = "sluice";

  /** The schema of Grafana 11, which 12 and 13 read too. */
  private static final int SCHEMA = 39;

  private final Promql promql;
  private final String uid;
  private final String title;
  private final String description;
  private final ArrayNode variables = array();
  private final ArrayNode annotations = array();
  private final List<Row> rows = new ArrayList<>();

  private Dashboard(Promql promql, String uid, String title, String description) {
    this.promql = promql;
    this.uid = uid;
    this.title = title;
    this.description = description;
    variables.add(
        object(
            "name",
            "datasource",
            "type",
            "datasource",
            "label",
            "Data source",
            "query",
            "prometheus",
            "regex",
            "",
            "refresh",
            1,
            "hide",
            0,
            "multi",
            false,
            "includeAll",
            false,
            "options",
            array()));
  }

  /** A dashboard about one run, which is the newest until another is chosen. */
  static Dashboard ofOneRun(Promql promql, String uid, String title, String description) {
    Dashboard dashboard = new Dashboard(promql, uid, title, description);
    // a run that was only sent or filled in afterwards has no start; it comes last
    String newest =
        "query_result(sort_desc(max by (run)"
            + " (max_over_time(sluice_run_start_timestamp_seconds[$__range])) or 0 * max by (run)"
            + " (last_over_time(sluice_learning_rate_per_step[$__range]))))";
    dashboard.promql.check(newest);
    dashboard.variables.add(runs(newest, 3, "/run=\"([^\"]+)\"/", false));
    dashboard.markEvents();
    return dashboard;
  }

  /** A dashboard about several runs, all of them until some are chosen. */
  static Dashboard ofSeveralRuns(Promql promql, String uid, String title, String description) {
    Dashboard dashboard = new Dashboard(promql, uid, title, description);
    dashboard.promql.check("sluice_run_info");
    dashboard.variables.add(runs("label_values(sluice_run_info, run)", 1, "", true));
    dashboard.markEvents();
    return dashboard;
  }

  /** A dashboard about the process. */
  static Dashboard ofTheProcess(Promql promql, String uid, String title, String description) {
    return new Dashboard(promql, uid, title, description);
  }

  /** The data source that the reader chooses. */
  static ObjectNode datasource() {
    return object("type", "prometheus", "uid", "${datasource}");
  }

  /** Adds a row that shows. */
  Dashboard row(String title, Panel... panels) {
    rows.add(new Row(title, true, List.of(panels)));
    return this;
  }

  /** Adds a row that is folded away. */
  Dashboard folded(String title, Panel... panels) {
    rows.add(new Row(title, false, List.of(panels)));
    return this;
  }

  /** The text of its file. */
  String write() {
    ArrayNode panels = array();
    Row.Place place = new Row.Place(0, 1);
    for (Row row : rows) {
      for (Panel panel : row.panels()) {
        check(panel);
      }
      place = row.write(panels, place);
    }
    return Json.write(
        object(
            "uid",
            uid,
            "title",
            title,
            "description",
            description,
            "tags",
            array(TAG),
            "schemaVersion",
            SCHEMA,
            "version",
            1,
            "editable",
            false,
            "graphTooltip",
            1,
            "refresh",
            "1s",
            "time",
            object("from", "now-15m", "to", "now"),
            "timepicker",
            object("refresh_intervals", array("1s", "5s", "10s", "30s", "1m", "5m")),
            "timezone",
            "browser",
            "links",
            array(others()),
            "templating",
            object("list", variables),
            "annotations",
            object("list", annotations),
            "panels",
            panels));
  }

  private void check(Panel panel) {
    for (Query query : panel.queries()) {
      try {
        promql.check(query.expression());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            title + " / " + panel.title() + ": " + e.getMessage(), e);
      }
    }
  }

  private static ObjectNode runs(String query, int kind, String regex, boolean several) {
    ObjectNode variable =
        object(
            "name",
            "run",
            "type",
            "query",
            "label",
            several ? "Runs" : "Run",
            "datasource",
            datasource(),
            "definition",
            query,
            "query",
            object("qryType", kind, "query", query, "refId", "runs"),
            "regex",
            regex,
            // 2: whenever the time shown changes
            "refresh",
            2,
            // 0: in the order of the answer
            "sort",
            several ? 1 : 0,
            "hide",
            0,
            "multi",
            several,
            "includeAll",
            several,
            "options",
            array());
    if (several) {
      variable.put("allValue", ".+");
    }
    return variable;
  }

  private static ObjectNode others() {
    return object(
        "type",
        "dashboards",
        "title",
        "Sluice",
        "tags",
        array(TAG),
        "asDropdown",
        false,
        "icon",
        "external link",
        "includeVars",
        true,
        "keepTime",
        true,
        "targetBlank",
        false,
        "tooltip",
        "",
        "url",
        "");
  }

  private void markEvents() {
    mark("Run started", "started", Panel.BLUE);
    mark("Knob changed", "knob_changed", "purple");
    mark("Stage entered", "stage_entered", "light-blue");
    mark("Collapse warning", "collapse_warning", Panel.ORANGE);
    mark("Collapse detected", "collapse_detected", Panel.RED);
    mark("Collapse cleared", "collapse_cleared", Panel.GREEN);
    mark("Run finished", "finished", Panel.GREY);
    mark("Run failed", "failed", "dark-red");
  }

  /** Marks an event where its time stamp says, which Grafana wants in milliseconds. */
  private void mark(String name, String event, String colour) {
    annotations.add(
        object(
            "name",
            name,
            "enable",
            true,
            "hide",
            false,
            "iconColor",
            colour,
            "datasource",
            datasource(),
            "target",
            object(
                "refId",
                "Anno",
                "expr",
                promql.run("event_timestamp_seconds", "event='" + event + "'") + " * 1000",
                "interval",
                "1s"),
            "titleFormat",
            name,
            "textFormat",
            "{{run}}",
            "tagKeys",
            "event",
            "useValueForTime",
            true));
  }
}
