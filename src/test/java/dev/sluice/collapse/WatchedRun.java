package dev.sluice.collapse;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A made-up run under watch: healthy until a test says otherwise. Thresholds start at step 250;
 * what stands on the evaluation batch is measured every 50 steps, the rest every step.
 */
final class WatchedRun {
  static final String LOSS = "sluice_loss{part=\"total\"}";
  static final String CHANCE = "sluice_loss_chance";
  static final String STD = "sluice_embedding_std_ratio{layer=\"encoder\"}";
  static final String NORM = "sluice_embedding_norm{layer=\"encoder\",stat=\"mean\"}";
  static final String ZERO = "sluice_zero_output_ratio{layer=\"encoder\"}";
  static final String WEIGHT = "sluice_weight_norm{layer=\"encoder\"}";
  static final String ROW = "sluice_weight_norm_max{layer=\"encoder\"}";
  static final String STAGE = "sluice_schedule_stage";
  static final String NONFINITE = "sluice_nonfinite_values_total{tensor=\"gradient\"}";
  static final String RANK = "sluice_embedding_effective_rank{kind=\"rankme\",layer=\"encoder\"}";
  static final String DEAD = "sluice_neurons{layer=\"encoder\",state=\"dead\"}";
  static final String ALIVE = "sluice_neurons{layer=\"encoder\",state=\"alive\"}";
  static final String ALWAYS = "sluice_neurons{layer=\"encoder\",state=\"always_on\"}";
  static final String LEAK = "sluice_pair_correlation{layer=\"encoder\",signal=\"dense\"}";
  static final String COVERAGE = "sluice_feature_coverage_ratio";
  static final String SELECTIVITY = "sluice_neuron_selectivity{layer=\"encoder\"}";
  static final String COS_SPARSE = "sluice_representation_cosine{signal=\"sparse\"}";
  static final String COS_DENSE = "sluice_representation_cosine{signal=\"dense\"}";

  static final CollapseLimits LIMITS = new CollapseLimits(200, 2, 1000, 40, 0);

  private static final List<Series> INPUTS =
      List.of(
          gauge("loss", List.of("part"), "total"),
          gauge("loss_chance", List.of()),
          gauge("embedding_std_ratio", List.of("layer"), "encoder"),
          gauge("embedding_norm", List.of("layer", "stat"), "encoder", "mean"),
          gauge("zero_output_ratio", List.of("layer"), "encoder"),
          gauge("weight_norm", List.of("layer"), "encoder"),
          gauge("weight_norm_max", List.of("layer"), "encoder"),
          gauge("schedule_stage", List.of()),
          new MetricSpec(
                  "nonfinite_values_total",
                  MetricSpec.Type.COUNTER,
                  "values",
                  "help",
                  List.of("tensor"),
                  "test")
              .with("gradient"),
          gauge("embedding_effective_rank", List.of("kind", "layer"), "rankme", "encoder"),
          gauge("neurons", List.of("layer", "state"), "encoder", "dead"),
          gauge("neurons", List.of("layer", "state"), "encoder", "alive"),
          gauge("neurons", List.of("layer", "state"), "encoder", "always_on"),
          gauge("pair_correlation", List.of("layer", "signal"), "encoder", "dense"),
          gauge("feature_coverage_ratio", List.of()),
          gauge("neuron_selectivity", List.of("layer"), "encoder"),
          gauge("representation_cosine", List.of("signal"), "sparse"),
          gauge("representation_cosine", List.of("signal"), "dense"));

  private static final List<String> EVERY_FIFTY =
      List.of(RANK, DEAD, ALIVE, ALWAYS, LEAK, COVERAGE, SELECTIVITY, COS_SPARSE, COS_DENSE);

  final ReportLayout layout;
  final CollapseMonitor monitor;
  final List<RunEvent> events = new ArrayList<>();
  private final Map<String, Double> levels = new HashMap<>();
  private long step;
  private StepReport last;

  WatchedRun() {
    this(LIMITS);
  }

  WatchedRun(CollapseLimits limits) {
    this(limits, key -> true);
  }

  /** A run whose layout has only the inputs wanted. */
  WatchedRun(CollapseLimits limits, Predicate<String> wanted) {
    List<Series> series =
        new ArrayList<>(INPUTS.stream().filter(input -> wanted.test(input.key())).toList());
    series.addAll(CollapseSeries.all());
    layout = new ReportLayout(series);
    monitor = new CollapseMonitor(layout, limits);
    levels.putAll(
        Map.of(
            LOSS, 4.5, CHANCE, 5.545, STD, 0.97, NORM, 1.2, ZERO, 0.03, WEIGHT, 2.4, ROW, 2.6,
            NONFINITE, 0.0));
    levels.putAll(
        Map.of(
            RANK,
            37.5,
            DEAD,
            0.0,
            ALIVE,
            40.0,
            ALWAYS,
            0.0,
            LEAK,
            0.06,
            COVERAGE,
            0.9,
            SELECTIVITY,
            0.7,
            COS_SPARSE,
            0.7,
            COS_DENSE,
            0.28));
  }

  static Series gauge(String name, List<String> labels, String... values) {
    return MetricSpec.gauge(name, "1", "help", "test", labels).with(values);
  }

  /** From the next report on the series has this value. */
  WatchedRun set(String key, double value) {
    levels.put(key, value);
    return this;
  }

  /** Feeds reports up to and including this step. */
  WatchedRun through(long lastStep) {
    while (step <= lastStep) {
      feed(Map.of());
    }
    return this;
  }

  /** Feeds one report in which some series differ from their level. */
  StepReport feed(Map<String, Double> different) {
    double[] values = layout.emptyValues();
    put(values, STAGE, step < 250 ? 1 : 2);
    levels.forEach(
        (key, value) -> {
          if (step % 50 == 0 || !EVERY_FIFTY.contains(key)) {
            put(values, key, value);
          }
        });
    different.forEach((key, value) -> put(values, key, value));
    last = monitor.accept(new StepReport("run", step, 1000 + step, layout, values), events);
    step++;
    return last;
  }

  private void put(double[] values, String key, double value) {
    int slot = layout.slot(key);
    if (slot >= 0) {
      values[slot] = value;
    }
  }

  /** The next report has this step. */
  WatchedRun goTo(long nextStep) {
    step = nextStep;
    return this;
  }

  /** What the last report says. */
  double value(String key) {
    return last.value(layout.slot(key));
  }

  double active(String kind) {
    return value("sluice_collapse_active{kind=\"" + kind + "\"}");
  }

  double warning(String kind) {
    return value("sluice_collapse_warning{kind=\"" + kind + "\"}");
  }

  double score(String kind) {
    return value("sluice_collapse_score_ratio{kind=\"" + kind + "\"}");
  }

  /**
   * What the detectors said so far: step, kind and severity, for example "402 complete critical".
   */
  List<String> said() {
    List<String> said = new ArrayList<>();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.CollapseChanged change) {
        String severity = change.severity().name().toLowerCase(java.util.Locale.ROOT);
        said.add(change.step() + " " + change.kind().label() + " " + severity);
      } else {
        said.add(event.step() + " " + event.label());
      }
    }
    return said;
  }
}
