package dev.sluice.metrics;

import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A run as far as its consumers see one. */
public final class SampleRun {
  public static final MetricSpec LOSS =
      MetricSpec.gauge("loss", "nats", "Training loss.", "a test", List.of("part"));
  public static final MetricSpec CORRELATION =
      MetricSpec.gauge(
          "pair_correlation", "ratio", "Correlation.", "a test", List.of("layer", "signal"));

  public static final Series TOTAL_LOSS = LOSS.with("total");
  public static final Series DENSE = CORRELATION.with("encoder", "dense");

  private final String run;
  private final ReportLayout layout;
  private final long startMillis;

  public SampleRun(String run) {
    this(run, PipelineSeries.layout(List.of(TOTAL_LOSS, DENSE), List.of()), 1_000_000);
  }

  public SampleRun(String run, ReportLayout layout, long startMillis) {
    this.run = run;
    this.layout = layout;
    this.startMillis = startMillis;
  }

  public ReportLayout layout() {
    return layout;
  }

  public RunInfo info() {
    EnumMap<Knob, Double> knobs = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      knobs.put(knob, Math.max(knob.min(), 0.5));
    }
    return new RunInfo(
        run,
        "wen-li",
        "lottery-small",
        7,
        2000,
        -1,
        true,
        "cpu",
        Map.of("batch", "256"),
        Map.of("decomposition", 50),
        layout,
        new KnobValues(knobs),
        0,
        List.of(),
        "infonce",
        "sparse-coding",
        startMillis);
  }

  public RunEvent started() {
    return new RunEvent.Started(info());
  }

  public RunEvent state(RunState state, long step) {
    return new RunEvent.StateChanged(run, step, startMillis + step, state, "");
  }

  /** A report in which only the given series were measured. */
  public StepReport report(long step, Map<Series, Double> measured) {
    double[] values = layout.emptyValues();
    measured.forEach((series, value) -> values[layout.slot(series)] = value);
    return new StepReport(run, step, startMillis + step, layout, values);
  }
}
