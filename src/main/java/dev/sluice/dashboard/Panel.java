package dev.sluice.dashboard;

import static dev.sluice.dashboard.Json.array;
import static dev.sluice.dashboard.Json.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.dashboard.Query.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One panel: what it asks, in which unit it answers, and a description that says what healthy looks
 * like and what to do otherwise. Built once, then written.
 */
final class Panel {
  static final String GREEN = "green";
  static final String ORANGE = "orange";
  static final String RED = "red";
  static final String BLUE = "blue";
  static final String GREY = "#808080";

  private final Kind kind;
  private final String title;
  private final String description;
  private final List<Query> queries = new ArrayList<>();
  private final Set<String> bands = new HashSet<>();
  private final ObjectNode defaults = object();
  private final ObjectNode custom;
  private final ObjectNode options;
  private final ArrayNode overrides = array();
  private final ArrayNode transformations = array();
  private final ArrayNode steps = array();
  private int width = 12;
  private int height = 8;

  private Panel(Kind kind, String title, String description) {
    if (title.isBlank() || description.isBlank()) {
      throw new IllegalArgumentException("a panel needs a title and a description: " + title);
    }
    this.kind = kind;
    this.title = title;
    this.description = description;
    custom = kind.custom();
    options = kind.options();
    steps.add(object("color", GREEN, "value", NullNode.getInstance()));
  }

  /** A tile with the last value. */
  static Panel stat(String title, String unit, String description) {
    return new Panel(Kind.STAT, title, description).unit(unit).size(3, 4);
  }

  /** Curves over time. */
  static Panel lines(String title, String unit, String description) {
    return new Panel(Kind.LINES, title, description).unit(unit);
  }

  /** Curves over time on top of each other. */
  static Panel stack(String title, String unit, String description) {
    return new Panel(Kind.STACK, title, description).unit(unit);
  }

  /** A coloured bar a series: states over time. */
  static Panel states(String title, String description) {
    return new Panel(Kind.STATES, title, description).unit(Unit.NONE);
  }

  /** Shares by bin over time, on an axis from 0 to 1. */
  static Panel heatmap(String title, String description) {
    return new Panel(Kind.HEATMAP, title, description).unit(Unit.SHARE).axis(0, 1);
  }

  /**
   * A curve a run over its step.
   *
   * @param step the step of each run, labelled by run alone
   * @param value what is drawn over it, labelled by run alone
   */
  static Panel byStep(String title, String unit, String description, String step, String value) {
    Panel panel = new Panel(Kind.BY_STEP, title, description).unit(unit);
    panel.queries.add(new Query(step, "step", Answer.ROWS));
    panel.queries.add(new Query(value, "value", Answer.ROWS));
    panel.defaults.put("displayName", "${__field.labels.run}");
    panel.override(
        "Value #A", Map.of("displayName", "step", "unit", Unit.COUNT, "custom.axisLabel", "step"));
    // the two tables become one row a run and scrape, then a table a run
    panel.transform("merge", object());
    panel.transform("partitionByValues", object("fields", array("run"), "keepFields", false));
    return panel;
  }

  /** A row a series, now. */
  static Panel table(String title, String description) {
    return new Panel(Kind.TABLE, title, description).unit(Unit.NONE).size(24, 8);
  }

  /** The alerts of the chosen run. */
  static Panel alerts(String title, String description, String labels) {
    Panel panel = new Panel(Kind.ALERTS, title, description);
    panel.options.put("alertInstanceLabelFilter", labels);
    return panel;
  }

  /** Words of ours, in Markdown. */
  static Panel text(String title, String description, String markdown) {
    Panel panel = new Panel(Kind.TEXT, title, description);
    panel.options.put("content", markdown);
    return panel;
  }

  /** Adds a query. */
  Panel query(String expression, String legend) {
    Answer answer = kind == Kind.TABLE ? Answer.LAST_ROWS : Answer.CURVES;
    queries.add(new Query(expression, legend, answer));
    return this;
  }

  /** Adds the mean of the steps of each point with a band from their smallest to their largest. */
  Panel band(String legend, String low, String mean, String high) {
    String bottom = legend + " min";
    String top = legend + " max";
    query(low, bottom).query(high, top).query(mean, legend);
    Map<String, Object> hidden =
        Map.of(
            "custom.lineWidth",
            0,
            "custom.hideFrom",
            object("legend", true, "tooltip", false, "viz", false));
    override(bottom, hidden);
    override(top, hidden);
    override(top, Map.of("custom.fillBelowTo", bottom, "custom.fillOpacity", 25));
    bands.add(legend);
    return colour(legend, BLUE);
  }

  /** Adds a level that theory gives, as a dashed line. */
  Panel level(double value, String legend) {
    return query("vector(" + value + ")", legend).dashed(legend);
  }

  /** Draws a series dashed and grey. */
  Panel dashed(String legend) {
    return override(
        legend,
        Map.of(
            "custom.lineStyle",
            object("fill", "dash", "dash", array(6, 6)),
            "custom.fillOpacity",
            0,
            "color",
            object("mode", "fixed", "fixedColor", GREY)));
  }

  /** Gives a series its colour, and its band the same; a later colour replaces an earlier one. */
  Panel colour(String legend, String colour) {
    Map<String, Object> fixed = Map.of("color", object("mode", "fixed", "fixedColor", colour));
    if (bands.contains(legend)) {
      override(legend + " min", fixed);
      override(legend + " max", fixed);
    }
    return override(legend, fixed);
  }

  /** Gives a column of a table its unit. */
  Panel column(String name, String unit) {
    return override(name, Map.of("unit", unit, "decimals", 2));
  }

  /** Shows the values of a column of a table as words in colours. */
  Panel column(String name, ArrayNode words) {
    return override(
        name, Map.of("mappings", words, "custom.cellOptions", object("type", "color-background")));
  }

  private Panel override(String legend, Map<String, Object> properties) {
    ArrayNode list = array();
    properties.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> list.add(object("id", entry.getKey(), "value", entry.getValue())));
    overrides.add(object("matcher", object("id", "byName", "options", legend), "properties", list));
    return this;
  }

  /** Adds a step between query and picture. */
  Panel transform(String id, ObjectNode options) {
    transformations.add(object("id", id, "options", options));
    return this;
  }

  /** Fixes the axis, so that noise is not magnified into a signal. */
  Panel axis(double min, double max) {
    defaults.put("min", min);
    defaults.put("max", max);
    return this;
  }

  /** Fixes the lower end of the axis. */
  Panel atLeast(double min) {
    defaults.put("min", min);
    return this;
  }

  /** Draws the axis in powers of ten. */
  Panel logarithmic() {
    custom.set("scaleDistribution", object("type", "log", "log", 10));
    return this;
  }

  Panel decimals(int decimals) {
    defaults.put("decimals", decimals);
    return this;
  }

  /** The colour below every threshold. */
  Panel base(String colour) {
    ((ObjectNode) steps.get(0)).put("color", colour);
    return this;
  }

  /** The colour from a value on. */
  Panel from(double value, String colour) {
    steps.add(object("color", colour, "value", value));
    return this;
  }

  /** Shows values as words in colours, each made by {@link #word}. */
  Panel words(ArrayNode words) {
    defaults.set("mappings", words);
    return this;
  }

  /** A value that is shown as a word in a colour. */
  static ObjectNode word(int value, String text, String colour) {
    return object(
        "type",
        "value",
        "options",
        object(Integer.toString(value), object("text", text, "color", colour, "index", value)));
  }

  /** Shows what a tile's series is called instead of its value. */
  Panel names() {
    options.put("textMode", "name");
    options.put("graphMode", "none");
    return this;
  }

  /** Leads from a value to another dashboard. */
  Panel link(String title, String url) {
    defaults.withArray("/links").add(object("title", title, "url", url));
    return this;
  }

  /** Columns of 24, and rows of about 30 pixels. */
  Panel size(int width, int height) {
    this.width = width;
    this.height = height;
    return this;
  }

  private Panel unit(String unit) {
    defaults.put("unit", unit);
    return this;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  List<Query> queries() {
    return List.copyOf(queries);
  }

  String title() {
    return title;
  }

  ObjectNode json(int id, int x, int y) {
    ObjectNode panel =
        object(
            "id",
            id,
            "type",
            kind.type(),
            "title",
            title,
            "description",
            description,
            "gridPos",
            object("x", x, "y", y, "w", width, "h", height),
            // below 11.1 Grafana takes the options of an xychart for those of its predecessor
            "pluginVersion",
            "11.1.0");
    if (kind == Kind.BY_STEP) {
      panel.put("maxDataPoints", 300);
    }
    panel.set("options", options);
    if (queries.isEmpty()) {
      return panel;
    }
    panel.set("datasource", Dashboard.datasource());
    ArrayNode targets = array();
    for (int i = 0; i < queries.size(); i++) {
      targets.add(queries.get(i).json(i));
    }
    panel.set("targets", targets);
    panel.set("fieldConfig", fieldConfig());
    if (!transformations.isEmpty()) {
      panel.set("transformations", transformations);
    }
    return panel;
  }

  private ObjectNode fieldConfig() {
    ObjectNode all = defaults.deepCopy();
    String colour = kind == Kind.STAT || kind == Kind.STATES ? "thresholds" : "palette-classic";
    all.set("color", object("mode", colour));
    all.set("thresholds", object("mode", "absolute", "steps", steps));
    all.put("noValue", "no data");
    all.set("custom", custom);
    return object("defaults", all, "overrides", overrides);
  }
}
