package dev.sluice.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One query of a panel.
 *
 * @param expression PromQL with Grafana's variables
 * @param legend what its series are called, with labels in double braces
 */
record Query(String expression, String legend, Answer answer) {

  /** What Grafana makes of the answer. */
  enum Answer {
    /** A curve a series over the time shown. */
    CURVES,
    /** A row a series and point in time. */
    ROWS,
    /** A row a series, now. */
    LAST_ROWS
  }

  Query {
    if (expression.isBlank() || legend.isBlank()) {
      throw new IllegalArgumentException(
          "a query needs an expression and a legend: " + expression + " / " + legend);
    }
  }

  /**
   * @param place 0 for A, 1 for B and so on
   */
  ObjectNode json(int place) {
    return Json.object(
        "refId",
        String.valueOf((char) ('A' + place)),
        "datasource",
        Dashboard.datasource(),
        "editorMode",
        "code",
        "expr",
        expression,
        "legendFormat",
        legend,
        "format",
        answer == Answer.CURVES ? "time_series" : "table",
        "instant",
        answer == Answer.LAST_ROWS,
        "range",
        answer != Answer.LAST_ROWS);
  }
}
