package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collapse.CollapseMonitor;
import dev.sluice.collapse.CollapseSeries;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.PipelineSeries;
import dev.sluice.recipe.Experiment;
import dev.sluice.recipe.WenLi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real run through the stream: what it learns does not depend on how the stream is laid out. */
class WenLiStreamTest {
  private static final int STEPS = 110;

  @Test
  void a_run_is_the_same_to_the_bit_whatever_the_number_of_producers_and_credits() {
    List<StepReport> alone = run(StreamSettings.DEFAULT.withCredits(1).withProducers(1));
    List<StepReport> crowded = run(StreamSettings.DEFAULT.withCredits(4).withProducers(3));

    ReportLayout layout = alone.get(0).layout();
    int loss = layout.slot("sluice_loss{part=\"total\"}");
    assertThat(alone.get(STEPS - 1).value(loss)).isFinite().isPositive();
    for (int step = 0; step < STEPS; step++) {
      assertThat(deterministic(crowded.get(step)))
          .as("step %d", step)
          .isEqualTo(deterministic(alone.get(step)));
    }
    int complete = layout.slot("sluice_collapse_active{kind=\"complete\"}");
    assertThat(alone).allMatch(report -> report.value(complete) == 0);
    double forward =
        alone.get(STEPS - 1).value(layout.slot(PipelineSeries.PHASE_SECONDS.with("forward")));
    assertThat(forward).isPositive();
  }

  private static List<StepReport> run(StreamSettings settings) {
    try (StreamFixture stream = new StreamFixture();
        Backend backend = new CpuBackend()) {
      Experiment experiment = new WenLi().open(WenLi.LOTTERY_SMALL, backend, System::nanoTime);
      ReportLayout layout =
          PipelineSeries.layout(experiment.trainer().series(), CollapseSeries.all());
      CollapseMonitor monitor = new CollapseMonitor(layout, experiment.limits());
      Kept kept = new Kept();

      RunOutcome outcome =
          stream.run(
              RunRequest.of(info(experiment, layout), experiment, backend)
                  .withStream(settings)
                  .withDetectors(new Watched(monitor))
                  .withWatcher(kept));

      assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.FINISHED);
      assertThat(outcome.closing()).isNotNull();
      assertThat(outcome.disabledProbes()).isEmpty();
      assertThat(kept.reports).hasSize(STEPS);
      return kept.reports;
    }
  }

  /** The bits of every value that is no time: a NaN must stay the NaN it was. */
  private static List<Long> deterministic(StepReport report) {
    List<Long> bits = new ArrayList<>();
    for (int slot = 0; slot < report.layout().size(); slot++) {
      MetricSpec metric = report.layout().series().get(slot).metric();
      boolean timing = metric.unit().equals("seconds") || metric.name().equals("queue_size");
      bits.add(timing ? 0 : Double.doubleToRawLongBits(report.value(slot)));
    }
    return bits;
  }

  private static RunInfo info(Experiment experiment, ReportLayout layout) {
    return new RunInfo(
        "a",
        "wen-li",
        "lottery-small",
        0,
        experiment.horizon(),
        STEPS,
        experiment.groundTruth(),
        "cpu",
        Map.of(),
        experiment.trainer().cadences(),
        layout,
        experiment.knobs(),
        experiment.tileSide(),
        List.of(),
        experiment.loss(),
        experiment.source(),
        0);
  }

  /** Remembers all reports. */
  private static final class Kept implements RunWatcher {
    private final List<StepReport> reports = new ArrayList<>();

    @Override
    public void report(StepReport report) {
      reports.add(report);
    }

    @Override
    public void event(RunEvent event) {}
  }

  /** The detectors of a run. */
  private record Watched(CollapseMonitor monitor) implements ReportFilter {

    @Override
    public StepReport accept(StepReport measured, List<RunEvent> events) {
      return monitor.accept(measured, events);
    }

    @Override
    public void knobMoved(long step) {
      monitor.knobMoved(step);
    }
  }
}
