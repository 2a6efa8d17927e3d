package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.StepReport;
import dev.sluice.verticle.RunWatcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private final StringWriter err = new StringWriter();
  private final ReportLayout layout =
      new ReportLayout(
          List.of(MetricSpec.gauge("loss", "nats", "loss", "here", List.of("part")).with("total")));

  @Test
  void terminal_getsOneLineThatIsWrittenOver() {
    try (Progress progress = progress(true)) {
      RunWatcher watcher = progress.watch(info());
      watcher.report(new StepReport("r", 41, 1, layout, new double[] {4.25}));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> err.toString().contains("some / preset  step 42/100"));
      assertThat(err.toString())
          .startsWith("\r\u001b[K")
          .contains("loss 4.25")
          .doesNotContain("\n");
    }
    assertThat(err.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void collapse_getsALineOfItsOwn() {
    try (Progress progress = progress(false)) {
      progress
          .watch(info())
          .event(
              new RunEvent.CollapseChanged(
                  "r",
                  7,
                  1,
                  CollapseKind.NEURON,
                  RunEvent.CollapseChanged.Severity.CRITICAL,
                  "all dead"));
    }
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("r, step 7: neuron critical: all dead")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource({"0.2, 1 s left", "59, 59 s left", "61, 1:01 min left", "3700, 1:01 h left"})
  void remainingTime_isSaidAsPeopleDo(double seconds, String words) {
    assertThat(Progress.remaining(seconds)).isEqualTo(words);
  }

  private Progress progress(boolean terminal) {
    return new Progress(new Console(new PrintWriter(err), new PrintWriter(err), terminal));
  }

  private RunInfo info() {
    Map<Knob, Double> knobs = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      knobs.put(knob, knob.max());
    }
    return new RunInfo(
        "r",
        "some",
        "preset",
        0,
        100,
        100,
        true,
        "cpu",
        Map.of(),
        Map.of(),
        layout,
        new KnobValues(knobs),
        0,
        List.of(),
        "loss",
        "source",
        0);
  }
}
