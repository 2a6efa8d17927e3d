package dev.sluice.event;

import java.util.Arrays;
import java.util.Optional;

/** What may be moved while a run is training. A change takes effect at a step boundary. */
public enum Knob {
  /** Share of coordinates the two masks have in common: 0 complementary, 1 identical. */
  OVERLAP("overlap", 0, 1),
  /** Probability that a mask keeps a coordinate. */
  KEEP("keep", 0.05, 0.95),
  /** Learning rate at step 0; the schedule's shape stays. */
  LEARNING_RATE("learning_rate", 0, 100),
  /** Temperature of the contrastive loss. */
  TEMPERATURE("temperature", 0.001, 1000),
  /** L2 coefficient. */
  DECAY("decay", 0, 10),
  /** Upper limit of threshold / weight norm. */
  THRESHOLD_CAP("threshold_cap", 0, 1000),
  /** Steps per second; 0 means as fast as it goes. */
  PACE("pace", 0, 1_000_000),
  /** Share of the step's flops that probes may cost. */
  PROBE_BUDGET("probe_budget", 0, 1);

  private final String key;
  private final double min;
  private final double max;

  Knob(String key, double min, double max) {
    this.key = key;
    this.min = min;
    this.max = max;
  }

  public String key() {
    return key;
  }

  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  public boolean allows(double value) {
    return value >= min && value <= max;
  }

  public static Optional<Knob> byKey(String key) {
    return Arrays.stream(values()).filter(knob -> knob.key.equals(key)).findFirst();
  }
}
