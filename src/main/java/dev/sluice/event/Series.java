package dev.sluice.event;

import java.util.List;

/**
 * One series of a metric within a run: the metric and its label values, in the order of its label
 * names.
 */
public record Series(MetricSpec metric, List<String> labelValues) {

  public Series {
    labelValues = List.copyOf(labelValues);
    if (labelValues.size() != metric.labelNames().size()) {
      throw new IllegalArgumentException(
          metric.name() + " has labels " + metric.labelNames() + ", given " + labelValues);
    }
  }

  /**
   * The series as Prometheus writes it without the run label, for example {@code
   * sluice_pair_correlation{layer="encoder",signal="dense"}}.
   */
  public String key() {
    if (labelValues.isEmpty()) {
      return metric.fullName();
    }
    StringBuilder key = new StringBuilder(metric.fullName()).append('{');
    for (int i = 0; i < labelValues.size(); i++) {
      key.append(i == 0 ? "" : ",").append(metric.labelNames().get(i));
      key.append("=\"").append(labelValues.get(i)).append('"');
    }
    return key.append('}').toString();
  }
}
