package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunMetricsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private Instant now = Instant.ofEpochSecond(5000);
  private final RunMetrics metrics = new RunMetrics(registry, () -> now, Duration.ofMinutes(10));
  private final SampleRun run = new SampleRun("a");

  @Test
  void gauge_showsTheLastMeasuredValue_alsoWhenTheLatestReportHasNone() {
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(SampleRun.TOTAL_LOSS, 5.5, SampleRun.DENSE, 0.25)));
    metrics.report(run.report(1, Map.of(SampleRun.TOTAL_LOSS, 5.25)));
    assertThat(lines())
        .contains("sluice_loss{part=\"total\",run=\"a\"} 5.25")
        .contains("sluice_pair_correlation{layer=\"encoder\",run=\"a\",signal=\"dense\"} 0.25")
        .contains("sluice_step{run=\"a\"} 1.0")
        .contains("sluice_last_step_timestamp_seconds{run=\"a\"} 1000.001");
  }

  @Test
  void valueThatIsNotFinite_isCountedAndLeavesTheLastFiniteOne() {
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(SampleRun.TOTAL_LOSS, 5.5)));
    metrics.report(run.report(1, Map.of(SampleRun.TOTAL_LOSS, Double.NaN)));
    metrics.report(run.report(2, Map.of(SampleRun.TOTAL_LOSS, Double.POSITIVE_INFINITY)));
    assertThat(lines())
        .contains("sluice_loss{part=\"total\",run=\"a\"} 5.5")
        .contains("sluice_nonfinite_values_total{run=\"a\",tensor=\"report\"} 2.0");
    assertThat(text()).doesNotContain("} NaN");
  }

  @Test
  void slotNeverMeasured_isNotExported() {
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(SampleRun.DENSE, 0.5)));
    assertThat(text()).contains("sluice_pair_correlation").doesNotContain("sluice_loss");
  }

  @Test
  void counterSlot_isACounterWithOneSuffixAndNoCreatedLine() {
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(PipelineSeries.PHASE_SECONDS.with("probe"), 0.75)));
    assertThat(text())
        .contains("# TYPE sluice_phase_seconds_total counter\n")
        .contains("sluice_phase_seconds_total{phase=\"probe\",run=\"a\"} 0.75\n")
        .doesNotContain("total_total")
        .doesNotContain("_created");
  }

  @Test
  void counterBelowZero_doesNotSpoilTheScrape() {
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(PipelineSeries.PAIRS.with(), -1.0, SampleRun.DENSE, 0.5)));
    assertThat(text()).contains("sluice_pair_correlation{").doesNotContain("sluice_pairs_total");
  }

  @Test
  void everyStepReachesTheHistogram() {
    metrics.event(run.started());
    for (int step = 0; step < 1000; step++) {
      metrics.report(
          run.report(step, Map.of(PipelineSeries.STEP_SECONDS.with(), step < 900 ? 3e-5 : 4)));
    }
    assertThat(lines())
        .contains("sluice_step_duration_seconds_bucket{run=\"a\",le=\"5.0E-5\"} 900")
        .contains("sluice_step_duration_seconds_bucket{run=\"a\",le=\"5.0\"} 1000")
        .contains("sluice_step_duration_seconds_count{run=\"a\"} 1000");
  }

  @Test
  void runSaysWhatItIsAndWhereItStands() {
    metrics.event(run.started());
    metrics.event(run.state(RunState.PAUSED, 12));
    assertThat(lines())
        .contains(
            "sluice_run_info{backend=\"cpu\",ground_truth=\"true\",loss=\"infonce\","
                + "recipe=\"wen-li\",run=\"a\",source=\"sparse-coding\"} 1")
        .contains("sluice_run_state{run=\"a\",state=\"paused\"} 1.0")
        .contains("sluice_run_state{run=\"a\",state=\"running\"} 0.0")
        .contains("sluice_run_start_timestamp_seconds{run=\"a\"} 1000.0")
        .contains("sluice_events_total{event=\"paused\",run=\"a\"} 1.0")
        .contains("sluice_events_total{event=\"failed\",run=\"a\"} 0.0")
        .contains("sluice_event_timestamp_seconds{event=\"paused\",run=\"a\"} 1000.012");
  }

  @Test
  void whatIsKeptPerRun_standsBesideTheReports() {
    metrics.event(run.started());
    metrics.add("a", RunSeries.HISTORY_ROWS.with(), 32);
    metrics.add("a", RunSeries.HISTORY_ROWS.with(), 10);
    metrics.set("a", RunSeries.QUEUE_SIZE.with("history"), 3);
    metrics.set("nobody", RunSeries.QUEUE_SIZE.with("history"), 3);
    assertThat(lines())
        .contains("sluice_history_rows_total{run=\"a\"} 42.0")
        .contains("sluice_queue_size{queue=\"history\",run=\"a\"} 3.0");
    assertThat(text()).doesNotContain("nobody");
  }

  @Test
  void twoRunsWithDifferentLayouts_shareTheirFamilies() {
    SampleRun other =
        new SampleRun("b", PipelineSeries.layout(java.util.List.of(), java.util.List.of()), 0);
    metrics.event(run.started());
    metrics.event(other.started());
    metrics.report(run.report(0, Map.of(PipelineSeries.STEPS.with(), 1.0)));
    metrics.report(other.report(0, Map.of(PipelineSeries.STEPS.with(), 4.0)));
    assertThat(text()).containsOnlyOnce("# TYPE sluice_steps_total counter");
    assertThat(lines())
        .contains("sluice_steps_total{run=\"a\"} 1.0", "sluice_steps_total{run=\"b\"} 4.0");
  }

  @Test
  void seriesOfAnEndedRun_disappearAfterAWhile() {
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(PipelineSeries.STEP_SECONDS.with(), 0.01)));
    metrics.event(run.state(RunState.FINISHED, 1));
    now = now.plusSeconds(600);
    assertThat(text()).contains("run=\"a\"");
    now = now.plusSeconds(1);
    registry.scrape(); // the histogram may be read before the runs are
    assertThat(text()).doesNotContain("run=\"a\"");
  }

  @Test
  void runStartedAgainUnderItsName_beginsAnew() {
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(SampleRun.DENSE, 0.5)));
    metrics.event(run.state(RunState.FAILED, 1));
    metrics.event(run.started());
    now = now.plusSeconds(6000);
    assertThat(text()).doesNotContain("sluice_pair_correlation");
    assertThat(lines()).contains("sluice_run_state{run=\"a\",state=\"running\"} 1.0");
  }

  @Test
  void reportBeforeItsStart_opensTheRun() {
    metrics.report(run.report(3, Map.of(SampleRun.DENSE, 0.5)));
    assertThat(lines()).contains("sluice_step{run=\"a\"} 3.0");
  }

  @Test
  void standsOnTheRegistryThatMicrometerUses() {
    PrometheusMeterRegistry micrometer =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    micrometer.counter("bus.messages").increment();
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of(SampleRun.TOTAL_LOSS, -1.5)));
    assertThat(text()).contains("bus_messages_total 1.0").contains("} -1.5");
    assertThat(micrometer.scrape()).contains("sluice_loss{part=\"total\",run=\"a\"} -1.5");
  }

  @Test
  void absentIsNotCountedAsNotFinite() {
    assertThat(Double.isNaN(StepReport.ABSENT)).isTrue();
    metrics.event(run.started());
    metrics.report(run.report(0, Map.of()));
    assertThat(lines()).contains("sluice_nonfinite_values_total{run=\"a\",tensor=\"report\"} 0.0");
  }

  private String text() {
    return Expositions.text(registry);
  }

  private java.util.List<String> lines() {
    return text().lines().toList();
  }
}
