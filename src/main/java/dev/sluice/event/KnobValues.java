package dev.sluice.event;

import java.util.EnumMap;
import java.util.Map;

/** Where every knob of a run stands. Immutable. */
public final class KnobValues {
  private final EnumMap<Knob, Double> values;

  public KnobValues(Map<Knob, Double> values) {
    this.values = new EnumMap<>(values);
    for (Knob knob : Knob.values()) {
      Double value = this.values.get(knob);
      if (value == null || !knob.allows(value)) {
        throw new IllegalArgumentException(
            knob.key() + " must be in [" + knob.min() + ", " + knob.max() + "]: " + value);
      }
    }
  }

  public double get(Knob knob) {
    return java.util.Objects.requireNonNull(values.get(knob));
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
