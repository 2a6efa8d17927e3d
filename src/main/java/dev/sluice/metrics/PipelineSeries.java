package dev.sluice.metrics;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.Series;
import dev.sluice.train.TrainerSeries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the pipeline says about itself in every step report: how long things took, how much went
 * through, who waited for whom. Whoever measures one fills its slot; a slot nobody fills is not
 * exported. Counters stand in their slots as running totals since the start of the run.
 */
public final class PipelineSeries {
  private static final String SOURCE = "definition";

  public static final MetricSpec STEP_SECONDS =
      MetricSpec.gauge(
          "step_seconds",
          "seconds",
          "Duration of the last training step with its probes, without waiting for its batch.",
          SOURCE);

  public static final MetricSpec STEPS =
      counter("steps_total", "steps", "Training steps made.", List.of());

  public static final MetricSpec PAIRS =
      counter("pairs_total", "pairs", "Positive pairs trained on.", List.of());

  public static final MetricSpec PHASE_SECONDS = TrainerSeries.PHASE_SECONDS;

  public static final MetricSpec WAIT_SECONDS =
      counter(
          "wait_seconds_total",
          "seconds",
          "Time spent waiting: the trainer for a batch or the history for its disk, a producer for"
              + " a request.",
          List.of("stage"));

  public static final MetricSpec PACED =
      MetricSpec.gauge(
          "paced", "state", "1 while the run goes slower than it could by choice, else 0.", SOURCE);

  /** Values of the label {@code phase}, in the order of a step. */
  public static final List<String> PHASES =
      List.of("augment", "transfer", "forward", "backward", "update", "probe", "publish");

  /** Values of the label {@code stage} of {@link #WAIT_SECONDS}. */
  public static final List<String> STAGES = List.of("trainer", "producer", "history");

  private PipelineSeries() {}

  /** Every metric of the pipeline. */
  public static List<MetricSpec> specs() {
    return List.of(
        STEP_SECONDS, STEPS, PAIRS, PHASE_SECONDS, WAIT_SECONDS, RunSeries.QUEUE_SIZE, PACED);
  }

  /** Every series of the pipeline. */
  public static List<Series> series() {
    List<Series> series = new ArrayList<>();
    series.add(STEP_SECONDS.with());
    series.add(STEPS.with());
    series.add(PAIRS.with());
    PHASES.forEach(phase -> series.add(PHASE_SECONDS.with(phase)));
    STAGES.forEach(stage -> series.add(WAIT_SECONDS.with(stage)));
    series.add(RunSeries.QUEUE_SIZE.with("pairs"));
    series.add(PACED.with());
    return List.copyOf(series);
  }

  /**
   * The layout of a run's step reports: the trainer's series (whose slots thus start at 0), those
   * of the pipeline that the trainer does not write itself, the detectors' series.
   */
  public static ReportLayout layout(List<Series> trainer, List<Series> collapse) {
    Set<String> written = new HashSet<>();
    trainer.forEach(series -> written.add(series.key()));
    List<Series> all = new ArrayList<>(trainer);
    for (Series series : series()) {
      if (!written.contains(series.key())) {
        all.add(series);
      }
    }
    all.addAll(collapse);
    return new ReportLayout(all);
  }

  static MetricSpec counter(String name, String unit, String help, List<String> labelNames) {
    return new MetricSpec(name, MetricSpec.Type.COUNTER, unit, help, labelNames, SOURCE);
  }
}
