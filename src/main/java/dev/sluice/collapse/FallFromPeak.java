package dev.sluice.collapse;

import dev.sluice.event.StepReport;

/**
 * On when a value has fallen below a share of its own running maximum. While it is on, the maximum
 * it fell from stays the measure, so that a restart of the maxima cannot pass for a recovery.
 */
final class FallFromPeak implements Rule {
  private final String name;
  private final Peak peak;
  private final double limit;
  private final double clear;
  private final Streak streak;
  private double reference;
  private double score = StepReport.ABSENT;

  /**
   * @param limit bad below this share of the maximum, 0 for a value that may fall
   * @param clear good above this share of the maximum
   * @param patience bad evaluations in a row that begin an episode
   */
  FallFromPeak(String name, Peak peak, double limit, double clear, int patience) {
    streak = new Streak(patience);
    this.name = name;
    this.peak = peak;
    this.limit = limit;
    this.clear = clear;
  }

  @Override
  public boolean watches() {
    return peak.isInLayout() && limit > 0;
  }

  @Override
  public void accept(StepReport report, Phase phase) {
    if (!peak.isEvaluation() || !phase.counts()) {
      return;
    }
    if (!streak.isOn()) {
      reference = peak.max();
    }
    if (phase.limitsSpeak()) {
      score = Rule.score(limit * reference, peak.value());
    }
    streak.accept(
        peak.value() < limit * reference, peak.value() > clear * reference, phase.maximaSpeak());
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
    return name
        + " "
        + Rule.show(peak.value())
        + " < "
        + limit
        + " x its maximum "
        + Rule.show(reference);
  }

  @Override
  public void restart() {
    streak.restart();
  }
}
