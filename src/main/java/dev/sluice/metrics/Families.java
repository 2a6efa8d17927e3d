package dev.sluice.metrics;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the series of all runs by metric, for one scrape. */
final class Families {
  private static final String INFO = "_info";
  private static final String TOTAL = "_total";

  private final Map<String, Family> families = new LinkedHashMap<>();

  private record Family(MetricSpec spec, Map<Labels, Double> points) {}

  /**
   * A later value of a series replaces an earlier one. A counter below 0 is left out: the client
   * would refuse the whole scrape for it.
   */
  void add(String run, Series series, double value) {
    if (series.metric().type() == MetricSpec.Type.COUNTER && value < 0) {
      return;
    }
    families
        .computeIfAbsent(
            series.metric().name(), name -> new Family(series.metric(), new LinkedHashMap<>()))
        .points()
        .put(labels(run, series), value);
  }

  MetricSnapshots snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
    families.values().forEach(family -> snapshots.add(snapshot(family)));
    return new MetricSnapshots(snapshots);
  }

  private static MetricSnapshot snapshot(Family family) {
    MetricSpec spec = family.spec();
    String name = spec.fullName();
    if (spec.type() == MetricSpec.Type.COUNTER) {
      List<CounterSnapshot.CounterDataPointSnapshot> points = new ArrayList<>();
      family
          .points()
          .forEach(
              (labels, value) ->
                  points.add(
                      CounterSnapshot.CounterDataPointSnapshot.builder()
                          .labels(labels)
                          .value(value)
                          .build()));
      return new CounterSnapshot(metadata(spec, TOTAL), points);
    }
    if (name.endsWith(INFO)) {
      List<InfoSnapshot.InfoDataPointSnapshot> points = new ArrayList<>();
      family
          .points()
          .keySet()
          .forEach(
              labels ->
                  points.add(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels).build()));
      return new InfoSnapshot(metadata(spec, INFO), points);
    }
    List<GaugeSnapshot.GaugeDataPointSnapshot> points = new ArrayList<>();
    family
        .points()
        .forEach(
            (labels, value) ->
                points.add(
                    GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build()));
    return new GaugeSnapshot(metadata(spec, ""), points);
  }

  /** The client writes the suffixes of counters and infos itself. */
  private static MetricMetadata metadata(MetricSpec spec, String suffix) {
    String name = spec.fullName();
    return new MetricMetadata(name.substring(0, name.length() - suffix.length()), spec.help());
  }

  private static Labels labels(String run, Series series) {
    List<String> names = new ArrayList<>(series.metric().labelNames());
    List<String> values = new ArrayList<>(series.labelValues());
    names.add("run");
    values.add(run);
    return Labels.of(names, values);
  }
}
