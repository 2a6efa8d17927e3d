package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import dev.sluice.event.StepReport;
import java.util.Arrays;

/**
 * The numbers run away: one is not finite, the loss is below what theory allows, or a weight row
 * has grown out of all proportion. Never muted, and never over by itself: what a diverged run
 * reports afterwards means nothing until it is restarted or rolled back.
 */
final class DivergenceDetector implements Detector {
  private static final double LOSS_SLACK = 0.001;
  private static final double GROWTH = 50;

  private final ReportLayout layout;
  private final int lossSlot;
  private final int chanceSlot;
  private final int normSlot;
  private final int[] counterSlots;
  private final double[] counted;
  private final double lowerLossBound;
  private final Streak unbounded = new Streak();
  private final Streak grown = new Streak();
  private double initialNorm;
  private double score = StepReport.ABSENT;
  private String reason = "";

  DivergenceDetector(ReportLayout layout, CollapseLimits limits) {
    this.layout = layout;
    Inputs inputs = new Inputs(layout);
    lossSlot = inputs.slot("loss", "part", "total");
    // not a number by declaration where the loss has no chance level
    chanceSlot = inputs.slot("loss_chance");
    normSlot = normSlot(inputs);
    counterSlots = inputs.slots("nonfinite_values_total");
    counted = new double[counterSlots.length];
    lowerLossBound = limits.lowerLossBound();
    // an update that throws the weights away at once must not become the measure of itself
    initialNorm = limits.firstWeightNorm();
  }

  /** The largest row norm; where a run does not say it, the nearest thing it does say. */
  private static int normSlot(Inputs inputs) {
    int rows = inputs.slot("weight_norm_max");
    if (rows >= 0) {
      return rows;
    }
    int weights = inputs.slot("weight_norm");
    return weights >= 0 ? weights : inputs.slot("embedding_norm", "stat", "max");
  }

  @Override
  public CollapseKind kind() {
    return CollapseKind.DIVERGENCE;
  }

  @Override
  public boolean watches() {
    return true;
  }

  @Override
  public void accept(StepReport report, Phase phase) {
    if (isActive()) {
      return;
    }
    double boundScore = boundScore(report.value(lossSlot));
    double growthScore = growthScore(report.value(normSlot));
    score = Math.max(boundScore, growthScore);
    String cause = nonFinite(report);
    if (!cause.isEmpty()) {
      score = Rule.WORST;
    } else if (unbounded.isOn()) {
      cause = "loss " + Rule.show(report.value(lossSlot)) + " is below its bound " + lowerLossBound;
    } else if (grown.isOn()) {
      cause =
          layout.series().get(normSlot).key()
              + " "
              + Rule.show(report.value(normSlot))
              + " is more than "
              + GROWTH
              + " x its first value "
              + Rule.show(initialNorm);
    }
    reason = cause;
  }

  private double boundScore(double loss) {
    if (!Inputs.isFinite(loss) || Double.isNaN(lowerLossBound)) {
      return 0;
    }
    double below = lowerLossBound - loss;
    unbounded.accept(below > LOSS_SLACK, false, true);
    return Rule.score(below, LOSS_SLACK);
  }

  private double growthScore(double norm) {
    if (!Inputs.isFinite(norm)) {
      return 0;
    }
    if (Double.isNaN(initialNorm) && norm > 0) {
      initialNorm = norm;
    }
    grown.accept(norm > GROWTH * initialNorm, false, true);
    return Double.isNaN(initialNorm) ? 0 : Rule.score(norm, GROWTH * initialNorm);
  }

  private String nonFinite(StepReport report) {
    for (int slot = 0; slot < layout.size(); slot++) {
      double value = report.value(slot);
      if (!Inputs.isFinite(value) && slot != chanceSlot && !StepReport.isAbsent(value)) {
        return layout.series().get(slot).key() + " is " + value;
      }
    }
    for (int i = 0; i < counterSlots.length; i++) {
      if (report.value(counterSlots[i]) > counted[i]) {
        return layout.series().get(counterSlots[i]).key()
            + " rose to "
            + Rule.show(report.value(counterSlots[i]));
      }
    }
    return "";
  }

  /** The run was restarted or rolled back: what it had counted until then is forgiven. */
  void forgive(StepReport report) {
    unbounded.reset();
    grown.reset();
    reason = "";
    Arrays.setAll(
        counted, i -> report.isMeasured(counterSlots[i]) ? report.value(counterSlots[i]) : 0);
  }

  private boolean isActive() {
    return !reason.isEmpty();
  }

  @Override
  public Severity severity() {
    return isActive() ? Severity.CRITICAL : Severity.CLEAR;
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public String reason() {
    return reason;
  }

  /** A knob does not change what a number may be, nor how large the weights began. */
  @Override
  public void restart() {}
}
