package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunState;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  @Test
  void metricDeclaredTwiceInOtherWords_isRefused() {
    MetricSpec first = MetricSpec.gauge("loss", "nats", "Training loss.", "a");
    MetricSpec second = MetricSpec.gauge("loss", "nats", "Loss.", "a");
    assertThat(Catalogue.of(List.of(first, first)).find("loss")).contains(first);
    assertThatThrownBy(() -> Catalogue.of(List.of(first, second)))
        .hasMessageContaining("Training loss.")
        .hasMessageContaining("Loss.");
  }

  @Test
  void seriesOfAnUnknownMetric_isMissing() {
    Series stray = MetricSpec.gauge("stray", "ratio", "Not declared.", "a").with();
    assertThat(Catalogue.complete().missing(List.of(stray, PipelineSeries.STEPS.with())))
        .containsExactly(stray);
  }

  @Test
  void layoutOfARun_startsWithTheTrainer_andHasEverySeriesOnce() {
    Series forward = PipelineSeries.PHASE_SECONDS.with("forward");
    Series active = MetricSpec.gauge("collapse_active", "state", "Active.", "a").with();
    ReportLayout layout = PipelineSeries.layout(List.of(forward), List.of(active));
    assertThat(layout.slot(forward)).isZero();
    assertThat(layout.slot(active)).isEqualTo(layout.size() - 1);
    assertThat(layout.series()).containsAll(PipelineSeries.series()).doesNotHaveDuplicates();
  }

  @Test
  void everyEventAndStateHasItsLabel() {
    SampleRun run = new SampleRun("a");
    Set<String> labels = new TreeSet<>(Set.of("knob_changed", "stage_entered", "peaks_restarted"));
    labels.add(run.started().label());
    for (RunState state : RunState.values()) {
      labels.add(run.state(state, 0).label());
    }
    for (RunEvent.CollapseChanged.Severity severity : RunEvent.CollapseChanged.Severity.values()) {
      labels.add(
          new RunEvent.CollapseChanged(
                  "a", 0, 0, dev.sluice.event.CollapseKind.COMPLETE, severity, "")
              .label());
    }
    assertThat(RunSeries.EVENT_LABELS).containsExactlyInAnyOrderElementsOf(labels);
  }

  @Test
  void everythingExported_standsInTheCatalogue_andTheOtherWayRound() {
    Set<String> exported =
        full()
            .lines()
            .filter(line -> line.startsWith("# TYPE sluice_"))
            .map(line -> line.split(" ")[2].substring("sluice_".length()))
            .collect(Collectors.toSet());
    assertThat(exported)
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.complete().entries().stream()
                .filter(entry -> entry.origin() != Catalogue.Origin.STEP)
                .map(entry -> entry.spec().name())
                .toList());
  }

  @Test
  void defaultSeriesOfEveryStep_areTwelve_andNoneHasTheNameOfAScrapedOne() {
    Catalogue catalogue = Catalogue.complete();
    assertThat(PerStepSeries.defaults()).hasSize(12);
    assertThat(
            catalogue.entries().stream()
                .filter(entry -> entry.origin() == Catalogue.Origin.STEP)
                .map(entry -> entry.spec().name()))
        .hasSize(3 * 11)
        .contains("loss_per_step", "loss_per_step_min", "step_duration_seconds_per_step_max");
  }

  @Test
  void everyHelpIsOneLine() {
    assertThat(Catalogue.complete().entries())
        .allSatisfy(
            entry -> assertThat(entry.spec().help()).hasSizeBetween(10, 400).doesNotContain("\n"));
  }

  /** A scrape in which every metric of the catalogue has a value. */
  static String full() {
    PrometheusRegistry registry = new PrometheusRegistry();
    ProcessMetrics process =
        new ProcessMetrics(
            registry, new ProcessFacts("1", "r", "cpu", "openblas", "cpu", 1, () -> 5, () -> 9));
    process.dropped("live", 2);
    new DeliveryMetrics(registry, () -> Instant.EPOCH).sent(1);
    RunMetrics metrics = new RunMetrics(registry, () -> Instant.EPOCH, Duration.ofMinutes(1));
    List<Series> reported =
        Catalogue.complete().entries().stream()
            .filter(entry -> entry.origin() == Catalogue.Origin.REPORT)
            .map(entry -> any(entry.spec()))
            .toList();
    SampleRun run = new SampleRun("a", new ReportLayout(reported), 0);
    metrics.event(run.started());
    double[] values = new double[reported.size()];
    Arrays.fill(values, 0.5);
    metrics.report(new StepReport("a", 0, 1, run.layout(), values));
    metrics.add("a", RunSeries.HISTORY_ROWS.with(), 1);
    metrics.add("a", RunSeries.HISTORY_ERRORS.with(), 1);
    metrics.set("a", RunSeries.QUEUE_SIZE.with("pairs"), 1);
    metrics.set("a", RunSeries.QUEUE_CAPACITY.with("pairs"), 4);
    return Expositions.text(registry);
  }

  private static Series any(MetricSpec spec) {
    return new Series(spec, spec.labelNames().stream().map(name -> "some").toList());
  }
}
