package dev.sluice.web;

import dev.sluice.event.Addresses;
import dev.sluice.event.CollapseKind;
import dev.sluice.event.Control;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReferenceBand;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.Series;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A run without a trainer: says on the bus what a Wen and Li run would say, along a script, so that
 * the page can be tested in seconds and with values that a healthy run never has.
 */
final class ScriptedRun extends VerticleBase {
  /** The unmasked arm reports a loss that is not finite in these steps. */
  static final int FIRST_BROKEN = 20;

  static final int BROKEN = 5;

  /** A learning rate above this is refused. */
  static final double MOST_LEARNING_RATE = 10;

  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);
  private static final int MILLIS_A_STEP = 20;
  private static final int EVALUATION_STEPS = 10;
  private static final int HORIZON = 400;
  private static final int FEATURES = 32;
  private static final int NEURONS = 40;
  private static final double CHANCE = Math.log(256);

  private static final List<Series> SERIES = series();
  private static final ReportLayout LAYOUT = new ReportLayout(SERIES);

  private final boolean masked;
  private final String run;
  private final long startMillis = System.currentTimeMillis();
  private final EnumMap<Knob, Double> knobs = new EnumMap<>(Knob.class);
  private boolean paused;
  private long step;

  ScriptedRun(boolean masked) {
    this.masked = masked;
    run = masked ? "script-mask" : "script-none";
    for (Knob knob : Knob.values()) {
      knobs.put(knob, Math.min(knob.max(), Math.max(knob.min(), 0.5)));
    }
    knobs.put(Knob.OVERLAP, 0.0);
  }

  @Override
  public Future<?> start() {
    publish(new RunEvent.Started(info()));
    vertx.eventBus().localConsumer(Addresses.control(run), this::control);
    vertx.setPeriodic(
        MILLIS_A_STEP,
        timer -> {
          if (!paused) {
            advance();
          }
        });
    return Future.succeededFuture();
  }

  private void control(Message<Control> message) {
    Control control = message.body();
    if (control instanceof Control.MoveKnob move) {
      if (move.knob() == Knob.LEARNING_RATE && move.value() > MOST_LEARNING_RATE) {
        message.fail(400, "learning_rate must be at most 10 in this run: " + move.value());
        return;
      }
      double from = knobs.put(move.knob(), move.value());
      publish(new RunEvent.KnobChanged(run, step, now(), move.knob(), from, move.value()));
    } else {
      paused = control instanceof Control.Pause;
      RunState state = paused ? RunState.PAUSED : RunState.RUNNING;
      publish(new RunEvent.StateChanged(run, step, now(), state, ""));
    }
    message.reply(step);
  }

  private void advance() {
    vertx
        .eventBus()
        .publish(Addresses.REPORTS, new StepReport(run, step, now(), LAYOUT, values()), LOCAL);
    if (step % EVALUATION_STEPS == 0) {
      vertx.eventBus().publish(Addresses.SNAPSHOTS, alignment(), LOCAL);
    }
    step++;
  }

  private double[] values() {
    double progress = Math.min(1, step / (double) HORIZON);
    boolean leaking = !masked || knobs.get(Knob.OVERLAP) > 0.5;
    boolean evaluated = step % EVALUATION_STEPS == 0;
    double[] values = LAYOUT.emptyValues();
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] =
          value(SERIES.get(slot).metric().name(), SERIES.get(slot), progress, leaking, evaluated);
    }
    return values;
  }

  private double value(
      String name, Series series, double progress, boolean leaking, boolean evaluated) {
    boolean broken = !masked && step >= FIRST_BROKEN && step < FIRST_BROKEN + BROKEN;
    return switch (name) {
      case "loss" ->
          broken ? Double.NaN : (masked ? 5.5 - 1.3 * progress : 2.4) + 0.05 * Math.sin(step);
      case "loss_chance" -> CHANCE;
      case "pair_correlation_estimate" ->
          series.labelValues().contains("dense") ? (leaking ? 1 : 0.04) : (leaking ? 1 : 0.7);
      case "feature_coverage_ratio" ->
          evaluated ? progress * (masked ? 0.906 : 0.25) : StepReport.ABSENT;
      case "feature_alignment" ->
          evaluated ? 0.1 + progress * (masked ? 0.7 : 0.3) : StepReport.ABSENT;
      case "step_seconds" -> 0.006;
      case "phase_seconds_total" ->
          (step + 1) * (series.labelValues().contains("probe") ? 0.0005 : 0.0055);
      case "collapse_active" -> decoupling(series) && leaking && progress > 0.5 ? 1 : 0;
      case "collapse_warning" -> decoupling(series) && leaking ? 1 : 0;
      default -> StepReport.ABSENT;
    };
  }

  private static boolean decoupling(Series series) {
    return series.labelValues().contains(CollapseKind.DECOUPLING.label());
  }

  private Snapshot alignment() {
    float[] values = new float[NEURONS * FEATURES];
    for (int i = 0; i < values.length; i++) {
      int neuron = i / FEATURES;
      boolean own = i % FEATURES == (7 * neuron) % FEATURES;
      values[i] = own ? (masked ? 0.9f : 0.5f) : 0.1f;
    }
    return new Snapshot(run, step, Snapshot.Kind.ALIGNMENT, NEURONS, FEATURES, values);
  }

  private RunInfo info() {
    ReferenceBand band =
        new ReferenceBand(
            "sluice_feature_coverage_ratio",
            List.of(0L, (long) HORIZON),
            List.of(0.0, masked ? 0.94 : 0.25),
            List.of(0.01, 0.05));
    return new RunInfo(
        run,
        "wen-li",
        "scripted",
        0,
        HORIZON,
        -1,
        true,
        "none",
        Map.of("augment", masked ? "mask" : "none", "overlap", "0", "keep", "0.5"),
        Map.of(),
        LAYOUT,
        new KnobValues(knobs),
        0,
        List.of(band),
        "infonce-batch",
        "a script",
        startMillis);
  }

  private void publish(RunEvent event) {
    vertx.eventBus().publish(Addresses.EVENTS, event, LOCAL);
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private static List<Series> series() {
    List<Series> all = new ArrayList<>();
    all.add(gauge("loss", "part").with("total"));
    all.add(gauge("loss_chance").with());
    all.add(gauge("pair_correlation_estimate", "layer", "signal").with("encoder", "dense"));
    all.add(gauge("pair_correlation_estimate", "layer", "signal").with("encoder", "sparse"));
    all.add(gauge("feature_coverage_ratio").with());
    all.add(gauge("feature_alignment", "stat").with("mean"));
    all.add(gauge("step_seconds").with());
    MetricSpec phases =
        new MetricSpec(
            "phase_seconds_total",
            MetricSpec.Type.COUNTER,
            "seconds",
            "Time.",
            List.of("phase"),
            "a test");
    all.add(phases.with("forward"));
    all.add(phases.with("probe"));
    for (CollapseKind kind : CollapseKind.values()) {
      all.add(gauge("collapse_active", "kind").with(kind.label()));
      all.add(gauge("collapse_warning", "kind").with(kind.label()));
    }
    return all;
  }

  private static MetricSpec gauge(String name, String... labels) {
    return MetricSpec.gauge(name, "ratio", "As scripted.", "a test", List.of(labels));
  }
}
