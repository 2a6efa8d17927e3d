package dev.sluice.event;

import java.util.Locale;

/** The ways a representation can fail that the detectors tell apart. */
public enum CollapseKind {
  COMPLETE,
  DIMENSIONAL,
  NEURON,
  DECOUPLING,
  NO_LEARNING,
  DIVERGENCE;

  /** The value of the label {@code kind}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
