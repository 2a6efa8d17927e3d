package dev.sluice.dashboard;

import dev.sluice.event.MetricSpec;
import dev.sluice.metrics.Catalogue;
import dev.sluice.metrics.Catalogue.Origin;
import dev.sluice.metrics.PerStepSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queries over the metrics of a catalogue. A name that the catalogue does not hold, or a label that
 * the metric does not have, is refused where the dashboard is made, not found out by a reader of an
 * empty panel.
 */
final class Promql {
  /** What Grafana puts between two points. */
  private static final String POINT = "[$__interval]";

  /** What Grafana takes rates over: four scrapes at least. */
  private static final String RATE = "[$__rate_interval]";

  private static final Pattern OURS = Pattern.compile("\\b" + MetricSpec.PREFIX + "([a-z0-9_]+)");
  private static final Pattern PART = Pattern.compile("_(bucket|sum|count)$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)(=~|!~|!=|=)'([^']*)'");

  private final Catalogue catalogue;

  Promql(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * A metric of the run or the runs that the reader has chosen.
   *
   * @param name without the prefix
   * @param labels each as {@code signal='dense'}
   */
  String run(String name, String... labels) {
    Catalogue.Entry entry = entry(name);
    if (entry.origin() == Origin.PROCESS) {
      throw new IllegalArgumentException("no metric of a run: " + name);
    }
    List<String> matchers = new ArrayList<>(matchers(entry.spec(), labels));
    matchers.add("run=~\"$run\"");
    return select(name, matchers);
  }

  /** A metric of the process. */
  String process(String name, String... labels) {
    Catalogue.Entry entry = entry(name);
    if (entry.origin() != Origin.PROCESS) {
      throw new IllegalArgumentException("a metric of a run: " + name);
    }
    return select(name, matchers(entry.spec(), labels));
  }

  /** How fast a run's counter grows, a second. */
  String rate(String name, String... labels) {
    return rateOf(name, run(name, labels));
  }

  /** How fast a counter of the process grows, a second. */
  String processRate(String name, String... labels) {
    return rateOf(name, process(name, labels));
  }

  private String rateOf(String name, String selector) {
    if (entry(name).spec().type() == MetricSpec.Type.GAUGE) {
      throw new IllegalArgumentException("a gauge has no rate: " + name);
    }
    return "rate(" + selector + RATE + ")";
  }

  /** Mean over the steps between two points; without remote write, the last step scraped. */
  String mean(String name, String... labels) {
    return "avg by (run) (avg_over_time("
        + step(name, "", labels)
        + POINT
        + ")) or avg by (run) ("
        + run(name, labels)
        + ")";
  }

  /** Smallest value of the steps between two points. */
  String low(String name, String... labels) {
    return extreme("min", step(name, "_min", labels), step(name, "", labels));
  }

  /** Largest value of the steps between two points. */
  String high(String name, String... labels) {
    return extreme("max", step(name, "_max", labels), step(name, "", labels));
  }

  /** A run above 1,000 steps a second sends extremes of its own, which come first. */
  private static String extreme(String which, String window, String step) {
    String over = which + "_over_time(";
    return which + " by (run) (" + over + window + POINT + ") or " + over + step + POINT + "))";
  }

  private String step(String name, String end, String... labels) {
    String perStep = PerStepSeries.name(MetricSpec.PREFIX + name);
    return run(perStep.substring(MetricSpec.PREFIX.length()) + end, labels);
  }

  /** Refuses an expression that names a metric of ours which there is not. */
  void check(String expression) {
    Matcher names = OURS.matcher(expression);
    while (names.find()) {
      entry(names.group(1));
    }
  }

  private static String select(String name, List<String> matchers) {
    String selector = MetricSpec.PREFIX + name;
    return matchers.isEmpty() ? selector : selector + "{" + String.join(",", matchers) + "}";
  }

  private static List<String> matchers(MetricSpec spec, String... labels) {
    List<String> matchers = new ArrayList<>();
    for (String label : labels) {
      Matcher parts = LABEL.matcher(label);
      if (!parts.matches()) {
        throw new IllegalArgumentException("a label must read name='value': " + label);
      }
      if (!spec.labelNames().contains(parts.group(1))) {
        throw new IllegalArgumentException(
            spec.name() + " has labels " + spec.labelNames() + ", given " + label);
      }
      matchers.add(parts.group(1) + parts.group(2) + '"' + parts.group(3) + '"');
    }
    return matchers;
  }

  private Catalogue.Entry entry(String name) {
    String stem = PART.matcher(name).replaceFirst("");
    for (Catalogue.Entry entry : catalogue.entries()) {
      boolean part =
          entry.spec().name().equals(stem) && entry.spec().type() == MetricSpec.Type.HISTOGRAM;
      if (entry.spec().name().equals(name) || part) {
        return entry;
      }
    }
    throw new IllegalArgumentException("no metric in the catalogue: " + MetricSpec.PREFIX + name);
  }
}
