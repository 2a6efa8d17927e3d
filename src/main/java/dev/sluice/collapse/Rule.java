package dev.sluice.collapse;

import dev.sluice.event.StepReport;

/** One condition under which a kind of collapse is active. */
interface Rule {

  /** Where scores end, so that they stay finite. */
  double WORST = 1000;

  boolean watches();

  void accept(StepReport report, Phase phase);

  boolean isOn();

  /** As {@link Detector#score}. */
  double score();

  String reason();

  void restart();

  /** {@code part / whole}, where both are >= 0, held within [0, WORST]. */
  static double score(double part, double whole) {
    if (part <= 0) {
      return 0;
    }
    return whole <= 0 ? WORST : Math.min(part / whole, WORST);
  }

  /** A number as people read it. */
  static String show(double value) {
    return String.format(java.util.Locale.ROOT, "%.4g", value);
  }
}
