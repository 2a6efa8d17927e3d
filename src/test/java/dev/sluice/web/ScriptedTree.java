package dev.sluice.web;

import dev.sluice.event.Addresses;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;
import java.util.Map;

/** A run without masks, pictures or a dictionary: says what a tree net would say, at one go. */
final class ScriptedTree extends VerticleBase {
  static final String RUN = "script-tree";
  static final int STEPS = 200;
  private static final int HORIZON = 400;
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private static final List<Series> SERIES =
      List.of(
          gauge("loss", "part").with("total"),
          gauge("tree_ceiling_ratio").with(),
          gauge("tree_correlation", "level").with("0"),
          gauge("tree_correlation", "level").with("1"),
          gauge("tree_correlation", "level").with("2"),
          gauge("covariance_operator_norm", "level").with("0"));
  private static final ReportLayout LAYOUT = new ReportLayout(SERIES);

  @Override
  public Future<?> start() {
    vertx.eventBus().publish(Addresses.EVENTS, new RunEvent.Started(info()), LOCAL);
    for (int step = 0; step < STEPS; step++) {
      double progress = step / (STEPS - 1.0);
      double[] values = {
        // lower than 0, as the loss of the released script is
        -0.5 - 0.3 * progress,
        0.8 + 0.16 * progress,
        0.74 + 0.15 * progress,
        0.8 + 0.05 * progress,
        0.96,
        0.002 + 2 * progress,
      };
      long now = System.currentTimeMillis();
      vertx
          .eventBus()
          .publish(Addresses.REPORTS, new StepReport(RUN, step, now, LAYOUT, values), LOCAL);
    }
    return Future.succeededFuture();
  }

  private static RunInfo info() {
    return new RunInfo(
        RUN,
        "hltm",
        "tree",
        0,
        HORIZON,
        -1,
        false,
        "none",
        Map.of("hidden", "10"),
        Map.of(),
        LAYOUT,
        new KnobValues(Map.of(Knob.LEARNING_RATE, 0.1, Knob.DECAY, 0.0, Knob.PACE, 50.0)),
        0,
        List.of(),
        "tian-released",
        "latent-tree",
        System.currentTimeMillis());
  }

  private static MetricSpec gauge(String name, String... labels) {
    return MetricSpec.gauge(name, "ratio", "As scripted.", "a test", List.of(labels));
  }
}
