package dev.sluice.collapse;

import dev.sluice.event.StepReport;

/**
 * On when the smoothed loss stands at its chance level: when of the way from there down to its
 * lower bound it has gone less than a small share. Where the bound is 0 that is a share of chance
 * itself. A loss without a bound has no way to measure by, and is not watched.
 *
 * <p>The limit is tight because the start of the threshold schedule lifts the loss of a healthy run
 * to 0.967 of chance, and single steps to 0.994.
 */
final class AtChance implements Rule {
  private static final double KEEP = 0.9;
  private static final double LIMIT = 0.005;
  private static final double CLEAR = 0.01;
  private static final int STEPS = 50;

  private final int lossSlot;
  private final int chanceSlot;
  private final double bound;
  private final Streak streak = new Streak(STEPS);
  private double smoothed = StepReport.ABSENT;
  private double chance = StepReport.ABSENT;
  private double score = StepReport.ABSENT;

  /**
   * @param bound what the loss cannot fall below; NaN where it is unbounded
   */
  AtChance(int lossSlot, int chanceSlot, double bound) {
    this.lossSlot = lossSlot;
    this.chanceSlot = chanceSlot;
    this.bound = bound;
  }

  @Override
  public boolean watches() {
    return lossSlot >= 0 && chanceSlot >= 0 && !Double.isNaN(bound);
  }

  @Override
  public void accept(StepReport report, Phase phase) {
    double loss = report.value(lossSlot);
    if (!Inputs.isFinite(loss)) {
      return;
    }
    smoothed = Double.isNaN(smoothed) ? loss : KEEP * smoothed + (1 - KEEP) * loss;
    if (report.isMeasured(chanceSlot)) {
      // NaN where the loss has no chance level; it may change with the temperature
      chance = report.value(chanceSlot);
    }
    if (!phase.counts() || !Inputs.isFinite(chance)) {
      return;
    }
    double gone = (chance - smoothed) / (chance - bound);
    if (phase.limitsSpeak()) {
      score = Rule.score(1 - gone, 1 - LIMIT);
    }
    streak.accept(gone <= LIMIT, gone > CLEAR, phase.limitsSpeak());
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
    return "smoothed loss "
        + Rule.show(smoothed)
        + " is no better than chance "
        + Rule.show(chance)
        + " for "
        + STEPS
        + " steps";
  }

  @Override
  public void restart() {
    streak.restart();
  }
}
