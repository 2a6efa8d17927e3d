package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunJsonTest {
  @Test
  void aRunIsShownWithTheKnobsItHas_andNoOthers() {
    RunInfo info =
        new RunInfo(
            "r",
            "noncontrastive",
            "mlp",
            0,
            600,
            599,
            false,
            "cpu",
            Map.of(),
            Map.of(),
            new ReportLayout(List.of()),
            new KnobValues(Map.of(Knob.DECAY, 0.1, Knob.PACE, 50.0)),
            0,
            List.of(),
            "byol",
            "sparse-coding",
            0);

    JsonNode knobs = RunJson.run(new RunView(info, WebOptions.local(0).live())).get("knobs");

    assertThat(knobs.fieldNames()).toIterable().containsExactly("decay", "pace");
    assertThat(knobs.at("/decay/value").asDouble()).isEqualTo(0.1);
    assertThat(knobs.at("/decay/max").asDouble()).isEqualTo(10);
  }
}
