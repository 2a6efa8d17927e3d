package dev.sluice.event;

import java.util.EnumMap;
import java.util.Map;

/** Where the knobs of a run stand; a run need not have them all. Immutable. */
public final class KnobValues {
  private final EnumMap<Knob, Double> values = new EnumMap<>(Knob.class);

  public KnobValues(Map<Knob, Double> values) {
    values.forEach(
        (knob, value) -> {
          if (!knob.allows(value)) {
            throw new IllegalArgumentException(
                knob.key() + " must be in [" + knob.min() + ", " + knob.max() + "]: " + value);
          }
          this.values.put(knob, value);
        });
  }

  public boolean has(Knob knob) {
    return values.containsKey(knob);
  }

  /**
   * @throws IllegalArgumentException when the run has no such knob
   */
  public double get(Knob knob) {
    Double value = values.get(knob);
    if (value == null) {
      throw new IllegalArgumentException("this run has no knob " + knob.key());
    }
    return value;
  }

  /** Where the knob stands, or {@code other} where the run has none. */
  public double get(Knob knob, double other) {
    Double value = values.get(knob);
    return value == null ? other : value;
  }

  public KnobValues with(Knob knob, double value) {
    EnumMap<Knob, Double> changed = new EnumMap<>(values);
    changed.put(knob, value);
    return new KnobValues(changed);
  }

  public Map<Knob, Double> asMap() {
    return new EnumMap<>(values);
  }
}
