package dev.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metrics.Catalogue;
import org.junit.jupiter.api.Test;

final class PromqlTest {
  private final Promql promql = new Promql(Catalogue.complete());

  @Test
  void aMetricOfARun_isThatOfTheChosenOne() {
    assertThat(promql.run("neurons", "state='dead'"))
        .isEqualTo("sluice_neurons{state=\"dead\",run=~\"$run\"}");
    assertThat(promql.process("offheap_used_bytes")).isEqualTo("sluice_offheap_used_bytes");
    assertThat(promql.rate("steps_total"))
        .isEqualTo("rate(sluice_steps_total{run=~\"$run\"}[$__rate_interval])");
  }

  @Test
  void everyStep_comesFromRemoteWrite_andTheMeanFallsBackToTheScrape() {
    assertThat(promql.mean("step_seconds"))
        .isEqualTo(
            "avg by (run) (avg_over_time(sluice_step_duration_seconds_per_step{run=~\"$run\"}"
                + "[$__interval])) or avg by (run) (sluice_step_seconds{run=~\"$run\"})");
    assertThat(promql.low("loss", "part='total'"))
        .isEqualTo(
            "min by (run) (min_over_time(sluice_loss_per_step_min{part=\"total\",run=~\"$run\"}"
                + "[$__interval]) or min_over_time(sluice_loss_per_step{part=\"total\",run=~\"$run\"}"
                + "[$__interval]))");
  }

  @Test
  void anUnknownMetricOrLabel_isRefused() {
    assertThatThrownBy(() -> promql.run("los")).hasMessageContaining("sluice_los");
    assertThatThrownBy(() -> promql.run("loss", "layer='encoder'"))
        .hasMessageContaining("loss has labels [part], given layer='encoder'");
    assertThatThrownBy(() -> promql.run("loss", "part=total"))
        .hasMessageContaining("name='value': part=total");
    assertThatThrownBy(() -> promql.check("max(sluice_nothing) or sluice_step"))
        .hasMessageContaining("sluice_nothing");
  }

  @Test
  void whatIsKeptPerRunAndWhatIsOfTheProcess_areNotConfused() {
    assertThatThrownBy(() -> promql.run("offheap_used_bytes"))
        .hasMessageContaining("no metric of a run");
    assertThatThrownBy(() -> promql.process("loss")).hasMessageContaining("a metric of a run");
  }

  @Test
  void aGaugeHasNoRate_andOnlyAHistogramHasBuckets() {
    assertThatThrownBy(() -> promql.rate("loss")).hasMessageContaining("no rate: loss");
    assertThatThrownBy(() -> promql.rate("steps_total_bucket"))
        .hasMessageContaining("sluice_steps_total_bucket");
    assertThat(promql.rate("step_duration_seconds_bucket")).contains("_bucket{");
  }

  @Test
  void aPanelThatNamesAnUnknownMetric_namesItselfAndItsDashboard() {
    Dashboard dashboard =
        Dashboard.ofTheProcess(promql, "u", "Some board", "words")
            .row("A row", Panel.lines("Some panel", Unit.NONE, "words").query("sluice_x", "x"));
    assertThatThrownBy(dashboard::write)
        .hasMessageContaining("Some board / Some panel")
        .hasMessageContaining("sluice_x");
  }

  @Test
  void panelsFillLinesFromLeftToRight_andAFoldedRowKeepsItsOwn() {
    com.fasterxml.jackson.databind.node.ArrayNode written = Json.array();
    Panel wide = Panel.text("a", "a", "a").size(16, 5);
    Panel tall = Panel.text("b", "b", "b").size(8, 9);
    Panel next = Panel.text("c", "c", "c").size(12, 4);
    Row.Place after =
        new Row("r", true, java.util.List.of(wide, tall, next)).write(written, new Row.Place(3, 7));
    assertThat(written)
        .extracting(panel -> panel.get("id").asInt() + ": " + panel.get("gridPos"))
        .containsExactly(
            "7: {\"x\":0,\"y\":3,\"w\":24,\"h\":1}",
            "8: {\"x\":0,\"y\":4,\"w\":16,\"h\":5}",
            "9: {\"x\":16,\"y\":4,\"w\":8,\"h\":9}",
            "10: {\"x\":0,\"y\":13,\"w\":12,\"h\":4}");
    assertThat(after).isEqualTo(new Row.Place(17, 11));

    Row.Place folded = new Row("f", false, java.util.List.of(next)).write(written, after);
    assertThat(folded).isEqualTo(new Row.Place(18, 13));
    assertThat(written.get(4).get("panels").get(0).get("gridPos").get("y").asInt()).isEqualTo(18);
  }
}
