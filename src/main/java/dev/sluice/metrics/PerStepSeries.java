package dev.sluice.metrics;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names under which every single step reaches Prometheus: those of the scraped series with
 * {@code _per_step} behind, so that the two never meet. Where steps come faster than one a
 * millisecond, a sample stands for the steps of one timestamp, and {@code _per_step_min} and {@code
 * _per_step_max} hold the smallest and largest finite value among them.
 */
public final class PerStepSeries {
  private static final String SUFFIX = "_per_step";

  /** Series of step reports, by key, with the name that their metric has per step. */
  private static final Map<String, String> DEFAULT = new LinkedHashMap<>();

  static {
    DEFAULT.put("sluice_loss{part=\"total\"}", "loss");
    keep("activation_sparsity_ratio", "{layer=\"encoder\"}");
    keep("pair_correlation_estimate", "{layer=\"encoder\",signal=\"sparse\"}");
    keep("pair_correlation_estimate", "{layer=\"encoder\",signal=\"dense\"}");
    keep("embedding_std_ratio", "{layer=\"encoder\"}");
    keep("embedding_norm", "{layer=\"encoder\",stat=\"mean\"}");
    keep("gradient_norm", "{layer=\"encoder\"}");
    keep("weight_norm", "{layer=\"encoder\"}");
    keep("learning_rate", "");
    DEFAULT.put("sluice_step_seconds", "step_duration_seconds");
    keep("contrast_probability", "");
    keep("collapse_any", "");
  }

  private PerStepSeries() {}

  private static void keep(String name, String labels) {
    DEFAULT.put(MetricSpec.PREFIX + name + labels, name);
  }

  /** Keys of the twelve series that are delivered unless told otherwise. */
  public static List<String> defaults() {
    return List.copyOf(DEFAULT.keySet());
  }

  /**
   * What a series of step reports is called per step, without its labels, which stay the same.
   *
   * @param key as {@link Series#key()} writes it
   */
  public static String name(String key) {
    int labels = key.indexOf('{');
    String metric = labels < 0 ? key : key.substring(0, labels);
    String renamed = DEFAULT.get(key);
    // a counter's running total is one step's value like any other
    String stem = renamed == null ? metric : MetricSpec.PREFIX + renamed;
    return stem.replaceFirst("_total$", "") + SUFFIX;
  }

  /** What the smallest and the largest of a window are called. */
  public static String min(String name) {
    return name + "_min";
  }

  /** The other end of {@link #min}. */
  public static String max(String name) {
    return name + "_max";
  }

  /** The default series as the catalogue lists them, given the metrics of step reports. */
  static List<MetricSpec> specs(Map<String, MetricSpec> reported) {
    List<MetricSpec> specs = new ArrayList<>();
    for (String key : DEFAULT.keySet()) {
      int labels = key.indexOf('{');
      String metric = labels < 0 ? key : key.substring(0, labels);
      MetricSpec origin = reported.get(metric.substring(MetricSpec.PREFIX.length()));
      if (origin == null) {
        throw new IllegalStateException("no step report holds " + metric);
      }
      String name = name(key).substring(MetricSpec.PREFIX.length());
      specs.add(like(origin, name, origin.help() + " At every step."));
      specs.add(like(origin, min(name), extremeHelp("Smallest", name)));
      specs.add(like(origin, max(name), extremeHelp("Largest", name)));
    }
    return specs;
  }

  private static String extremeHelp(String which, String name) {
    return which
        + " finite value of "
        + name
        + " among the steps of one timestamp; only of runs faster than 1,000 steps a second.";
  }

  private static MetricSpec like(MetricSpec origin, String name, String help) {
    return MetricSpec.gauge(name, origin.unit(), help, origin.source(), origin.labelNames());
  }
}
