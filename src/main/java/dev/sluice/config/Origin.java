package dev.sluice.config;

import java.util.Locale;

/** Where a setting's value came from, weakest first. */
public enum Origin {
  /** {@code reference.yaml}. */
  DEFAULT,
  PRESET,
  /** The file given to {@code --config}. */
  FILE,
  /** A variable {@code SLUICE_<KEY>}. */
  ENVIRONMENT,
  /** {@code --set key=value}. */
  SET,
  /** A flag of its own, for example {@code --seed}. */
  FLAG;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
