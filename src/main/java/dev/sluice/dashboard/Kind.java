package dev.sluice.dashboard;

import static dev.sluice.dashboard.Json.array;
import static dev.sluice.dashboard.Json.object;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a panel shows its numbers, with what Grafana wants to be told about each way. */
enum Kind {
  /** The last value, coloured by thresholds, over its recent course. */
  STAT("stat") {
    @Override
    ObjectNode options() {
      return object(
          "reduceOptions",
          object("calcs", array("lastNotNull"), "fields", "", "values", false),
          "colorMode",
          "background",
          "graphMode",
          "area",
          "justifyMode",
          "auto",
          "orientation",
          "auto",
          "textMode",
          "auto",
          "wideLayout",
          true);
    }
  },

  /** Curves over time. */
  LINES("timeseries") {
    @Override
    ObjectNode options() {
      return object("legend", LEGEND.deepCopy(), "tooltip", tooltip("multi"));
    }

    @Override
    ObjectNode custom() {
      return lines(0, "none");
    }
  },

  /** Curves over time, one on top of the other. */
  STACK("timeseries") {
    @Override
    ObjectNode options() {
      return LINES.options();
    }

    @Override
    ObjectNode custom() {
      return lines(30, "normal");
    }
  },

  /** A coloured bar a series over time. */
  STATES("state-timeline") {
    @Override
    ObjectNode options() {
      return object(
          "mergeValues",
          true,
          "showValue",
          "never",
          "alignValue",
          "left",
          "rowHeight",
          0.9,
          "legend",
          LEGEND.deepCopy(),
          "tooltip",
          tooltip("single"));
    }

    @Override
    ObjectNode custom() {
      return object("fillOpacity", 70, "lineWidth", 0);
    }
  },

  /** Shares by bin over time; the legend of each series is the upper edge of its bin. */
  HEATMAP("heatmap") {
    @Override
    ObjectNode options() {
      return object(
          "calculate",
          false,
          "cellGap",
          1,
          "color",
          object(
              "mode",
              "scheme",
              "scheme",
              "Oranges",
              "scale",
              "exponential",
              "exponent",
              0.5,
              "steps",
              64,
              "reverse",
              false,
              "min",
              0,
              "max",
              1),
          "cellValues",
          object("unit", Unit.SHARE, "decimals", 1),
          "rowsFrame",
          object("layout", "le"),
          "yAxis",
          object("axisPlacement", "left", "reverse", false, "unit", Unit.NONE, "decimals", 1),
          "legend",
          object("show", true),
          "tooltip",
          object("mode", "single", "yHistogram", false, "showColorScale", false),
          "filterValues",
          object("le", 1e-9),
          "exemplars",
          object("color", "rgba(255,0,255,0.7)"));
    }

    @Override
    ObjectNode custom() {
      return object("scaleDistribution", object("type", "linear"));
    }
  },

  /** The second query over the first, a curve a run: what is measured over the step. */
  BY_STEP("xychart") {
    @Override
    ObjectNode options() {
      return object(
          "mapping",
          "auto",
          "series",
          array(object("x", byName("Value #A"), "y", byName("Value #B"))),
          "legend",
          LEGEND.deepCopy(),
          "tooltip",
          tooltip("single"));
    }

    @Override
    ObjectNode custom() {
      return object(
          "show",
          "lines",
          "lineWidth",
          1,
          "lineStyle",
          object("fill", "solid"),
          "pointSize",
          object("fixed", 3),
          "axisPlacement",
          "auto",
          "axisColorMode",
          "text",
          "scaleDistribution",
          object("type", "linear"));
    }
  },

  /** A row a series. */
  TABLE("table") {
    @Override
    ObjectNode options() {
      return object("showHeader", true, "cellHeight", "sm");
    }

    @Override
    ObjectNode custom() {
      return object("align", "auto", "filterable", true);
    }
  },

  /** The alerts that are pending or firing for the chosen run. */
  ALERTS("alertlist") {
    @Override
    ObjectNode options() {
      return object(
          "viewMode",
          "list",
          "groupMode",
          "default",
          "groupBy",
          array(),
          "maxItems",
          20,
          "sortOrder",
          3,
          "dashboardAlerts",
          false,
          "alertName",
          "",
          // of the data source, as the provisioning names it: this panel knows no variable here
          "datasource",
          "Prometheus",
          "folder",
          "",
          "stateFilter",
          object(
              "firing",
              true,
              "pending",
              true,
              "noData",
              false,
              "normal",
              false,
              "error",
              true,
              "recovering",
              true));
    }
  },

  /** Words. */
  TEXT("text") {
    @Override
    ObjectNode options() {
      return object("mode", "markdown");
    }
  };

  private static final ObjectNode LEGEND =
      object("displayMode", "list", "placement", "bottom", "showLegend", true, "calcs", array());

  private final String type;

  Kind(String type) {
    this.type = type;
  }

  /** As Grafana calls it. */
  String type() {
    return type;
  }

  /** What concerns the whole panel. */
  abstract ObjectNode options();

  /** What concerns each of its series. */
  ObjectNode custom() {
    return object();
  }

  private static ObjectNode lines(int fill, String stacking) {
    return object(
        "drawStyle",
        "line",
        "lineInterpolation",
        "linear",
        "lineWidth",
        1,
        "fillOpacity",
        fill,
        "gradientMode",
        "none",
        "showPoints",
        "never",
        "pointSize",
        4,
        // a probe measures every 50 steps or so, a run may make one step in some seconds
        "spanNulls",
        30_000,
        "insertNulls",
        false,
        "stacking",
        object("group", "A", "mode", stacking),
        "axisPlacement",
        "auto",
        "axisColorMode",
        "text",
        "axisBorderShow",
        false,
        "scaleDistribution",
        object("type", "linear"),
        "thresholdsStyle",
        object("mode", "off"),
        "hideFrom",
        object("legend", false, "tooltip", false, "viz", false));
  }

  private static ObjectNode tooltip(String mode) {
    return object("mode", mode, "sort", "none");
  }

  private static ObjectNode byName(String field) {
    return object("matcher", object("id", "byName", "options", field));
  }
}
