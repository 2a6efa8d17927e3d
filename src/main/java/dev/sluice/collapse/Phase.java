package dev.sluice.collapse;

/**
 * Which rules speak at a step. Divergence always does.
 *
 * <p>A rule that may not speak yet still counts its bad evaluations in a row, but for the first
 * phase: what is measured every hundred steps could else not be reported until long after the
 * warm-up. It speaks only if the first evaluation at which it may is bad as well.
 */
enum Phase {
  /** Before the stage that arms the detectors: another regime, of which nothing is carried over. */
  STAGE_BEFORE,
  /** The first steps: no rule speaks. */
  WARM_UP,
  /** The running maxima are young: only rules that do not refer to them speak. */
  SETTLING,
  /** Every rule speaks. */
  ARMED;

  boolean counts() {
    return this != STAGE_BEFORE;
  }

  /** Whether rules with a limit of their own may begin an episode. */
  boolean limitsSpeak() {
    return this == SETTLING || this == ARMED;
  }

  /** Whether rules that refer to the running maxima may. */
  boolean maximaSpeak() {
    return this == ARMED;
  }
}
