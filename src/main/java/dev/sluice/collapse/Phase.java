package dev.sluice.collapse;

/** Which rules speak at a step. Divergence always does. */
enum Phase {
  /** Before the run has settled at all: no rule speaks. */
  WARM_UP,
  /** The running maxima are young: only rules that do not refer to them speak. */
  SETTLING,
  /** Every rule speaks. */
  ARMED
}
