package dev.sluice.history;

import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Layouts, reports and infos for the tests of the history. */
final class LogFixture {
  /** NaN that no arithmetic makes and that is not ABSENT. */
  static final double ODD_NAN = Double.longBitsToDouble(0xfff8_1234_5678_9abcL);

  private static final double[] SPECIAL = {
    StepReport.ABSENT,
    StepReport.ABSENT,
    StepReport.ABSENT,
    Double.NaN,
    ODD_NAN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    Double.MIN_VALUE
  };

  private LogFixture() {}

  static ReportLayout layout(int slots) {
    MetricSpec spec = MetricSpec.gauge("made_up", "1", "help", "test", List.of("slot"));
    List<Series> series = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      series.add(spec.with(Integer.toString(slot)));
    }
    return new ReportLayout(series);
  }

  /** The report of a step: any values, the same ones for the same step. */
  static StepReport report(ReportLayout layout, long step) {
    return new StepReport("run", step, 1_000_000 + 3 * step, layout, values(layout.size(), step));
  }

  static double[] values(int slots, long step) {
    SplittableRandom random = new SplittableRandom(step);
    double[] values = new double[slots];
    for (int slot = 0; slot < slots; slot++) {
      int special = random.nextInt(20);
      values[slot] = special < SPECIAL.length ? SPECIAL[special] : random.nextDouble() * 200 - 100;
    }
    return values;
  }

  static RunEvent knob(long step) {
    return new RunEvent.KnobChanged("run", step, 2_000_000 + step, Knob.OVERLAP, 0, 0.5);
  }

  static RunInfo info(String run, ReportLayout layout) {
    Map<Knob, Double> knobs = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      knobs.put(knob, knob.min());
    }
    return new RunInfo(
        run,
        "wen-li",
        "lottery-small",
        3,
        2000,
        2000,
        true,
        "cpu",
        Map.of("batch", "256"),
        Map.of("spectrum", 50),
        layout,
        new KnobValues(knobs),
        0,
        List.of(),
        "infonce",
        "sparse-coding",
        1_795_334_400_000L);
  }
}
