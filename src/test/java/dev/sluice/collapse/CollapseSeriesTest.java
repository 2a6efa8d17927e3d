package dev.sluice.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.Series;
import org.junit.jupiter.api.Test;

final class CollapseSeriesTest {

  @Test
  void all_areDistinctAndNamedAsPublished() {
    ReportLayout layout = new ReportLayout(CollapseSeries.all());
    assertThat(CollapseSeries.all().stream().map(Series::key))
        .hasSize(6 * 4 + 5)
        .contains(
            "sluice_collapse_active{kind=\"no_learning\"}",
            "sluice_collapse_warning{kind=\"decoupling\"}",
            "sluice_collapse_score_ratio{kind=\"complete\"}",
            "sluice_collapse_events_total{kind=\"divergence\"}",
            "sluice_collapse_any",
            "sluice_warmup_active",
            "sluice_embedding_std_ratio_peak{layer=\"encoder\"}",
            "sluice_embedding_norm_peak{layer=\"encoder\",stat=\"mean\"}",
            "sluice_embedding_effective_rank_peak{kind=\"rankme\",layer=\"encoder\"}");
    assertThat(layout.size()).isEqualTo(29);
  }
}
