package dev.sluice.train;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;

/** What the trainer itself says in every report, beside what its probes say. */
public final class TrainerSeries {
  private static final String SOURCE = "definition";

  /**
   * Declared here because the trainer fills most of it; whoever moves batches and reports fills the
   * rest.
   */
  public static final MetricSpec PHASE_SECONDS =
      new MetricSpec(
          "phase_seconds_total",
          MetricSpec.Type.COUNTER,
          "seconds",
          "Time spent so far in a phase: augment (making pairs, in the producers), transfer (asking for and taking over"
              + " batches), forward (both views and the loss), backward, update (optimiser and hooks), probe (everything that"
              + " only watches), publish. Lower is better; probe stays near the probe budget.",
          List.of("phase"),
          SOURCE);

  private static final MetricSpec STRENGTH =
      MetricSpec.gauge(
          "augmentation_strength",
          "ratio",
          "Where the knobs of the augmentation stand: overlap of the two masks in [0, 1] (0 complementary, 1 identical; 1"
              + " without augmentation) and share of coordinates the first mask keeps (1 without augmentation).",
          SOURCE,
          List.of("kind"));

  private static final MetricSpec NON_FINITE =
      new MetricSpec(
          "nonfinite_values_total",
          MetricSpec.Type.COUNTER,
          "values",
          "NaN or infinite values seen so far in the loss, the gradient (its norm), the activations and the weights (row"
              + " norms). Healthy is 0.",
          List.of("tensor"),
          SOURCE);

  private static final MetricSpec DISABLED =
      MetricSpec.gauge(
          "probes_disabled",
          "probes",
          "Probes of this run that have thrown and are left out since. Healthy is 0.",
          SOURCE);

  static final Series OVERLAP = STRENGTH.with("overlap");
  static final Series KEEP = STRENGTH.with("keep");
  static final Series NON_FINITE_LOSS = NON_FINITE.with("loss");
  static final Series NON_FINITE_GRADIENT = NON_FINITE.with("gradient");
  static final Series NON_FINITE_ACTIVATION = NON_FINITE.with("activation");
  static final Series NON_FINITE_WEIGHT = NON_FINITE.with("weight");
  static final Series PROBES_DISABLED = DISABLED.with();

  private TrainerSeries() {}

  /** In the order of the slots that the trainer fills. */
  public static List<Series> all() {
    return List.of(
        OVERLAP,
        KEEP,
        NON_FINITE_LOSS,
        NON_FINITE_GRADIENT,
        NON_FINITE_ACTIVATION,
        NON_FINITE_WEIGHT,
        PROBES_DISABLED,
        PHASE_SECONDS.with("forward"),
        PHASE_SECONDS.with("backward"),
        PHASE_SECONDS.with("update"),
        PHASE_SECONDS.with("probe"));
  }
}
