package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import dev.sluice.event.StepReport;

/**
 * Dense noise is learned along with the sparse features.
 *
 * <p>The correlation of the dense parts of a positive pair reads the augmentation's leak: the
 * cause, not the damage. A learner may find every feature in spite of it. So a leak is a warning;
 * it is critical once half the horizon has gone by and the damage shows: features not covered,
 * neurons that do not select, or representations nearer to the noise than to the features.
 */
final class DecouplingDetector implements Detector {
  private static final double LEAK = 0.25;
  private static final double CLEAR = 0.2;
  private static final double COVERAGE = 0.5;
  private static final double SELECTIVITY = 0.4;

  private final long halfHorizon;
  private final int leakSlot;
  private final Latest coverage;
  private final Latest selectivity;
  private final Latest sparseCosine;
  private final Latest denseCosine;
  private final Streak leaks = new Streak();
  private final Streak harms = new Streak();
  private double leak = StepReport.ABSENT;
  private double score = StepReport.ABSENT;
  private boolean critical;

  DecouplingDetector(Inputs inputs, CollapseLimits limits) {
    halfHorizon = limits.halfHorizon();
    leakSlot = inputs.slot("pair_correlation", "signal", "dense");
    coverage = new Latest(inputs.slot("feature_coverage_ratio"));
    selectivity = new Latest(inputs.slot("neuron_selectivity"));
    sparseCosine = new Latest(inputs.slot("representation_cosine", "signal", "sparse"));
    denseCosine = new Latest(inputs.slot("representation_cosine", "signal", "dense"));
  }

  @Override
  public CollapseKind kind() {
    return CollapseKind.DECOUPLING;
  }

  @Override
  public boolean watches() {
    return leakSlot >= 0;
  }

  @Override
  public void accept(StepReport report, Phase phase) {
    coverage.accept(report);
    selectivity.accept(report);
    sparseCosine.accept(report);
    denseCosine.accept(report);
    double now = report.value(leakSlot);
    if (!Inputs.isFinite(now) || !phase.counts()) {
      return;
    }
    leak = now;
    if (phase.limitsSpeak()) {
      score = Rule.score(leak, LEAK);
    }
    leaks.accept(leak > LEAK, leak < CLEAR, phase.limitsSpeak());
    // counted before half the horizon too: that step ends the patience, not the evidence
    boolean harmed = isHarmed();
    harms.accept(harmed, !harmed, true);
    critical = leaks.isOn() && (critical || (harms.isOn() && report.step() + 1 >= halfHorizon));
  }

  private boolean isHarmed() {
    return coverage.value < COVERAGE
        || selectivity.value < SELECTIVITY
        || sparseCosine.value < denseCosine.value;
  }

  @Override
  public Severity severity() {
    if (critical) {
      return Severity.CRITICAL;
    }
    return leaks.isOn() ? Severity.WARNING : Severity.CLEAR;
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public String reason() {
    String cause = "dense pair correlation " + Rule.show(leak) + " > " + LEAK;
    if (!critical) {
      return cause;
    }
    return cause
        + ", coverage "
        + Rule.show(coverage.value)
        + ", selectivity "
        + Rule.show(selectivity.value)
        + ", cosine to the sparse part "
        + Rule.show(sparseCosine.value)
        + ", to the dense part "
        + Rule.show(denseCosine.value);
  }

  @Override
  public void restart() {
    leaks.restart();
    harms.restart();
  }

  /** The last finite value of a series; NaN, with which every comparison fails, before there is. */
  private static final class Latest {
    private final int slot;
    private double value = Double.NaN;

    Latest(int slot) {
      this.slot = slot;
    }

    void accept(StepReport report) {
      double now = report.value(slot);
      if (Inputs.isFinite(now)) {
        value = now;
      }
    }
  }
}
