package dev.sluice.data;

/** What is done to patches after their contrast is normalised. */
public enum Whitening {
  /** Nothing. */
  NONE,
  /** Decorrelated, with a floor under the small variances, and turned back to pixels. */
  ZCA
}
