package dev.sluice.metrics;

import dev.sluice.collapse.CollapseSeries;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.SparseCoding;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.probe.Probe;
import dev.sluice.probe.ProbeShape;
import dev.sluice.probe.Probes;
import dev.sluice.train.TrainerSeries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every metric this program can export: the one list that documents and pages are made from. */
public final class Catalogue {

  /** Where the values of a metric come from. */
  public enum Origin {
    /** Slots of a run's step reports; carries the label run. */
    REPORT("step report"),
    /** Kept per run by the process; carries the label run. */
    RUN("run"),
    /** One sample a step, by remote write; carries the label run. */
    STEP("every step"),
    /** About the process itself. */
    PROCESS("process");

    private final String words;

    Origin(String words) {
      this.words = words;
    }

    /** As documents call it. */
    public String words() {
      return words;
    }
  }

  /** A metric and where its values come from. */
  public record Entry(MetricSpec spec, Origin origin) {}

  /** A run with a known dictionary and images, so that every probe is defined. */
  private static final ProbeShape EVERYTHING = ProbeShape.ofLayer(16, 16, 16, 16, 16, 16, 4);

  /** A probe may ask for a source of its own samples; for its metrics any will do. */
  private static final AnchorSource SOME_SOURCE =
      new SparseCoding(0, 16, SparseCoding.equalProbabilities(16, 1), 1);

  private final Map<String, Entry> entries;

  private Catalogue(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * The catalogue over the given metrics of step reports. A metric may be declared twice only in
   * the same words; what is both in reports and kept per run counts as of the report.
   */
  static Catalogue of(Collection<MetricSpec> reported) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    reported.forEach(spec -> put(entries, spec, Origin.REPORT));
    RunSeries.specs().forEach(spec -> put(entries, spec, Origin.RUN));
    ProcessMetrics.specs().forEach(spec -> put(entries, spec, Origin.PROCESS));
    DeliveryMetrics.specs().forEach(spec -> put(entries, spec, Origin.PROCESS));
    return new Catalogue(entries);
  }

  /** Everything that trainers, probes, the pipeline, detectors and the process declare. */
  public static Catalogue complete() {
    List<MetricSpec> reported = new ArrayList<>();
    TrainerSeries.all().forEach(series -> reported.add(series.metric()));
    for (Probe probe : Probes.forLayer(EVERYTHING, SOME_SOURCE, 0)) {
      probe.series().forEach(series -> reported.add(series.metric()));
    }
    for (Probe probe : Probes.ofSystems()) {
      probe.series().forEach(series -> reported.add(series.metric()));
    }
    reported.addAll(PipelineSeries.specs());
    CollapseSeries.all().forEach(series -> reported.add(series.metric()));
    Catalogue catalogue = of(reported);
    Map<String, MetricSpec> byName = new LinkedHashMap<>();
    reported.forEach(spec -> byName.put(spec.name(), spec));
    PerStepSeries.specs(byName).forEach(spec -> put(catalogue.entries, spec, Origin.STEP));
    return catalogue;
  }

  /** Every metric, those of step reports first. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The metric of that name, given without the prefix. */
  public Optional<MetricSpec> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::spec);
  }

  /**
   * Those of a run's series whose metric the catalogue does not hold: none, or there is a fault.
   */
  public List<Series> missing(Collection<Series> series) {
    return series.stream().filter(one -> !holds(one.metric())).toList();
  }

  private boolean holds(MetricSpec spec) {
    Entry entry = entries.get(spec.name());
    return entry != null && entry.spec().equals(spec);
  }

  private static void put(Map<String, Entry> entries, MetricSpec spec, Origin origin) {
    Entry known = entries.putIfAbsent(spec.name(), new Entry(spec, origin));
    if (known != null && !known.spec().equals(spec)) {
      throw new IllegalArgumentException(
          "declared twice with a difference: " + known.spec() + " and " + spec);
    }
  }
}
