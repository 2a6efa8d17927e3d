package dev.sluice.event;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a metric is: its name, type, unit, help and label names. One declaration serves the probe
 * that measures it, the catalogue, the exposition and the documents.
 *
 * @param name without the prefix {@code sluice_}, in the form Prometheus writes it, for example
 *     {@code embedding_std_ratio}
 * @param type how it is exposed
 * @param unit base unit ({@code seconds}, {@code bytes}, {@code ratio}, {@code nats}, {@code steps}
 *     ...)
 * @param help one sentence: what it is, its range, which direction is healthy
 * @param labelNames label names beside {@code run}, in alphabetical order
 * @param source where its formula stands: paper and section, or the definition itself
 */
public record MetricSpec(
    String name, Type type, String unit, String help, List<String> labelNames, String source) {

  /** Prefix of every metric of this project. */
  public static final String PREFIX = "sluice_";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** How a metric is exposed. */
  public enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM
  }

  public MetricSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("metric name must be lower_snake_case: " + name);
    }
    if (help.isBlank()) {
      throw new IllegalArgumentException("metric needs a help text: " + name);
    }
    if (type == Type.COUNTER != name.endsWith("_total")) {
      throw new IllegalArgumentException("exactly the counters end in _total: " + name);
    }
    labelNames = List.copyOf(labelNames);
    if (!labelNames.stream().sorted().toList().equals(labelNames)) {
      throw new IllegalArgumentException(
          "label names must be in alphabetical order: " + name + labelNames);
    }
  }

  /** A gauge without labels beside {@code run}. */
  public static MetricSpec gauge(String name, String unit, String help, String source) {
    return new MetricSpec(name, Type.GAUGE, unit, help, List.of(), source);
  }

  /** A gauge with the given label names beside {@code run}. */
  public static MetricSpec gauge(
      String name, String unit, String help, String source, List<String> labelNames) {
    return new MetricSpec(name, Type.GAUGE, unit, help, labelNames, source);
  }

  /** The name as Prometheus writes it. */
  public String fullName() {
    return PREFIX + name;
  }

  /** The one series of this metric with the given label values, in the order of the label names. */
  public Series with(String... labelValues) {
    return new Series(this, List.of(labelValues));
  }
}
