package dev.sluice.collapse;

import dev.sluice.event.StepReport;

/** On for a net that was born dead: its maximum is small although it has had time to rise. */
final class NeverRose implements Rule {
  private static final long STEPS = 500;

  private final String name;
  private final Peak peak;
  private final WarmUp warmUp;
  private final double limit;
  private final Streak streak = new Streak();
  private double score = StepReport.ABSENT;

  NeverRose(String name, Peak peak, WarmUp warmUp, double limit) {
    this.name = name;
    this.peak = peak;
    this.warmUp = warmUp;
    this.limit = limit;
  }

  @Override
  public boolean watches() {
    return peak.isInLayout();
  }

  @Override
  public void accept(StepReport report, Phase phase) {
    if (!peak.isEvaluation() || !phase.limitsSpeak()) {
      return;
    }
    if (warmUp.stepsSinceRestart(report) < STEPS) {
      // a maximum of a few steps says nothing, neither good nor bad; what is on may still end
      streak.accept(false, peak.max() > 2 * limit, false);
      return;
    }
    score = Rule.score(limit, peak.max());
    streak.accept(peak.max() < limit, peak.max() > 2 * limit, true);
  }

  @Override
  public boolean isOn() {
    return streak.isOn();
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public String reason() {
    return name + " never rose above " + Rule.show(peak.max()) + " in " + STEPS + " steps";
  }

  @Override
  public void restart() {
    streak.restart();
  }
}
