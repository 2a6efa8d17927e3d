package dev.sluice.collapse;

import dev.sluice.event.StepReport;

/** On when a value stands above a fixed limit. */
final class AboveLimit implements Rule {
  private final String name;
  private final boolean watches;
  private final Inputs.Reading reading;
  private final double limit;
  private final double clear;
  private final Streak streak = new Streak();
  private double value = StepReport.ABSENT;
  private double score = StepReport.ABSENT;

  /**
   * @param watches whether the layout has what the reading needs
   * @param limit bad above
   * @param clear good below
   */
  AboveLimit(String name, boolean watches, Inputs.Reading reading, double limit, double clear) {
    this.name = name;
    this.watches = watches;
    this.reading = reading;
    this.limit = limit;
    this.clear = clear;
  }

  @Override
  public boolean watches() {
    return watches;
  }

  @Override
  public void accept(StepReport report, Phase phase) {
    double now = reading.of(report);
    if (!Inputs.isFinite(now) || !phase.counts()) {
      return;
    }
    value = now;
    if (phase.limitsSpeak()) {
      score = Rule.score(value, limit);
    }
    streak.accept(value > limit, value < clear, phase.limitsSpeak());
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
    return name + " " + Rule.show(value) + " > " + limit;
  }

  @Override
  public void restart() {
    streak.restart();
  }
}
