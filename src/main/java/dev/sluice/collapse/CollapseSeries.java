package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * What the detectors add to a run's layout: what they think, and the running maxima they measure
 * by, so that an alert rule outside the process can use the same ones.
 */
public final class CollapseSeries {
  private static final String SOURCE = "definition; docs/collapse.md";
  private static final List<String> KIND = List.of("kind");

  private static final MetricSpec ACTIVE =
      MetricSpec.gauge(
          "collapse_active",
          "state",
          "1 while a collapse of this kind is going on, else 0; not written for a kind whose"
              + " inputs the run lacks. 0 is healthy.",
          SOURCE,
          KIND);

  private static final MetricSpec WARNING =
      MetricSpec.gauge(
          "collapse_warning",
          "state",
          "1 while a collapse of this kind is going on or its cause is there, else 0. 0 is"
              + " healthy.",
          SOURCE,
          KIND);

  private static final MetricSpec SCORE =
      MetricSpec.gauge(
          "collapse_score_ratio",
          "ratio",
          "How near its limit this kind stands, in [0, 1000]: 1 at the limit, more beyond it."
              + " Written from the end of the warm-up on. Lower is healthier.",
          SOURCE,
          KIND);

  private static final MetricSpec EVENTS =
      new MetricSpec(
          "collapse_events_total",
          MetricSpec.Type.COUNTER,
          "events",
          "How often a collapse of this kind has begun.",
          KIND,
          SOURCE);

  private static final MetricSpec ANY =
      MetricSpec.gauge(
          "collapse_any",
          "state",
          "1 while a collapse of any kind is going on, else 0. 0 is healthy.",
          SOURCE);

  private static final MetricSpec WARM_UP =
      MetricSpec.gauge(
          "warmup_active",
          "state",
          "1 while rules that refer to the run's running maxima are muted: at the start of a run"
              + " and for some steps after a knob change.",
          SOURCE);

  private static final MetricSpec SPREAD_PEAK =
      MetricSpec.gauge(
          "embedding_std_ratio_peak",
          "ratio",
          "Running maximum of embedding_std_ratio since the last knob change, in [0, 1].",
          SOURCE,
          List.of("layer"));

  private static final MetricSpec NORM_PEAK =
      MetricSpec.gauge(
          "embedding_norm_peak",
          "1",
          "Running maximum of embedding_norm with the same labels since the last knob change.",
          SOURCE,
          List.of("layer", "stat"));

  private static final MetricSpec RANK_PEAK =
      MetricSpec.gauge(
          "embedding_effective_rank_peak",
          "dimensions",
          "Running maximum of embedding_effective_rank with the same labels since the last knob"
              + " change.",
          SOURCE,
          List.of("kind", "layer"));

  private CollapseSeries() {}

  /** The series added to the layout of a run whose one layer is called encoder. */
  public static List<Series> all() {
    return all("encoder");
  }

  /**
   * The series added to a run's layout.
   *
   * @param layer the layer whose embeddings the detectors read
   */
  public static List<Series> all(String layer) {
    List<Series> all = new ArrayList<>();
    for (CollapseKind kind : CollapseKind.values()) {
      all.add(active(kind));
      all.add(warning(kind));
      all.add(score(kind));
      all.add(events(kind));
    }
    all.add(any());
    all.add(warmUp());
    all.add(SPREAD_PEAK.with(layer));
    all.add(NORM_PEAK.with(layer, "mean"));
    all.add(RANK_PEAK.with("rankme", layer));
    return List.copyOf(all);
  }

  static Series active(CollapseKind kind) {
    return ACTIVE.with(kind.label());
  }

  static Series warning(CollapseKind kind) {
    return WARNING.with(kind.label());
  }

  static Series score(CollapseKind kind) {
    return SCORE.with(kind.label());
  }

  static Series events(CollapseKind kind) {
    return EVENTS.with(kind.label());
  }

  static Series any() {
    return ANY.with();
  }

  static Series warmUp() {
    return WARM_UP.with();
  }
}
