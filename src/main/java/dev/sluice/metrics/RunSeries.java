package dev.sluice.metrics;

import static dev.sluice.metrics.PipelineSeries.counter;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.train.TrainerSeries;
import java.util.List;

/** What the process keeps about each run beside its step reports. All carry the label run. */
public final class RunSeries {
  private static final String SOURCE = "definition";

  static final MetricSpec INFO =
      MetricSpec.gauge(
          "run_info",
          "info",
          "What the run is; always 1.",
          SOURCE,
          List.of("backend", "ground_truth", "loss", "recipe", "source"));

  static final MetricSpec STATE =
      MetricSpec.gauge(
          "run_state",
          "state",
          "1 for the state the run is in, 0 for the others.",
          SOURCE,
          List.of("state"));

  static final MetricSpec START =
      MetricSpec.gauge(
          "run_start_timestamp_seconds", "seconds", "When the run was started.", SOURCE);

  static final MetricSpec STEP =
      MetricSpec.gauge("step", "steps", "The last step that was reported, from 0.", SOURCE);

  static final MetricSpec LAST_STEP =
      MetricSpec.gauge(
          "last_step_timestamp_seconds", "seconds", "When the last step ended.", SOURCE);

  static final MetricSpec EVENTS =
      counter("events_total", "events", "What happened to the run, by event.", List.of("event"));

  static final MetricSpec EVENT_TIME =
      MetricSpec.gauge(
          "event_timestamp_seconds",
          "seconds",
          "When the event last happened; absent until it does.",
          SOURCE,
          List.of("event"));

  static final MetricSpec STEP_DURATION =
      new MetricSpec(
          "step_duration_seconds",
          MetricSpec.Type.HISTOGRAM,
          "seconds",
          "Durations of all training steps with their probes, without waiting for batches.",
          List.of(),
          SOURCE);

  /**
   * Declared by the trainer, which counts in its tensors. The value {@code report} of the label
   * {@code tensor} counts slots of step reports that were measured and not finite.
   */
  static final MetricSpec NONFINITE =
      TrainerSeries.all().stream()
          .map(Series::metric)
          .filter(spec -> spec.name().equals("nonfinite_values_total"))
          .findFirst()
          .orElseThrow();

  /** Rows that a run's history has committed. */
  public static final MetricSpec HISTORY_ROWS =
      counter(
          "history_rows_total", "rows", "Rows that the run's history has committed.", List.of());

  /** Writes of a run's history that failed. */
  public static final MetricSpec HISTORY_ERRORS =
      counter(
          "history_errors_total", "errors", "Writes of the run's history that failed.", List.of());

  /** How much stands in one of the run's bounded queues. */
  public static final MetricSpec QUEUE_SIZE =
      MetricSpec.gauge(
          "queue_size",
          "items",
          "What stands in a bounded queue; at its capacity the queue holds its producer back.",
          SOURCE,
          List.of("queue"));

  /** How much one of the run's bounded queues can hold. */
  public static final MetricSpec QUEUE_CAPACITY =
      MetricSpec.gauge(
          "queue_capacity", "items", "What a bounded queue can hold.", SOURCE, List.of("queue"));

  /** Values of the label {@code event}. */
  static final List<String> EVENT_LABELS =
      List.of(
          "started",
          "knob_changed",
          "stage_entered",
          "peaks_restarted",
          "collapse_warning",
          "collapse_detected",
          "collapse_cleared",
          "running",
          "paused",
          "finished",
          "failed");

  private RunSeries() {}

  static List<MetricSpec> specs() {
    return List.of(
        INFO,
        STATE,
        START,
        STEP,
        LAST_STEP,
        EVENTS,
        EVENT_TIME,
        STEP_DURATION,
        NONFINITE,
        QUEUE_SIZE,
        QUEUE_CAPACITY,
        HISTORY_ROWS,
        HISTORY_ERRORS);
  }
}
