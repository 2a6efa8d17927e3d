package dev.sluice.collapse;

import dev.sluice.event.StepReport;

/**
 * On for a run that never had the rank to fall from: it began below the limit and stays there.
 * While its maximum still grows it is on its way up and not reported.
 */
final class BornLow implements Rule {
  private static final double GROWTH = 1.02;

  private final String name;
  private final Peak peak;
  private final double limit;
  private final double clear;
  private final Streak streak = new Streak();
  private double maxBefore = StepReport.ABSENT;
  private double score = StepReport.ABSENT;

  /**
   * @param limit bad while the maximum is below
   * @param clear good above
   */
  BornLow(String name, Peak peak, double limit, double clear) {
    this.name = name;
    this.peak = peak;
    this.limit = limit;
    this.clear = clear;
  }

  @Override
  public boolean watches() {
    return peak.isInLayout();
  }

  @Override
  public void accept(StepReport report, Phase phase) {
    if (!peak.isEvaluation()) {
      return;
    }
    boolean grows = Double.isNaN(maxBefore) || peak.max() > GROWTH * maxBefore;
    maxBefore = peak.max();
    if (!phase.counts()) {
      return;
    }
    boolean low = peak.max() < limit;
    if (phase.limitsSpeak()) {
      score = low && !grows ? Rule.score(limit, peak.max()) : 0;
    }
    streak.accept(low && !grows, peak.value() > clear, phase.maximaSpeak());
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
    return name + " has not risen above " + Rule.show(peak.max()) + ", limit " + Rule.show(limit);
  }

  @Override
  public void restart() {
    streak.restart();
    maxBefore = StepReport.ABSENT;
  }
}
