package dev.sluice.compute;

/** What a random stream is for. The codes are part of every run's identity and never change. */
public enum Purpose {
  DICTIONARY(1),
  WEIGHTS(2),
  LATENT(3),
  NOISE(4),
  MASK(5),
  OVERLAP(6),
  NEGATIVE_LATENT(7),
  NEGATIVE_NOISE(8),
  PROBE_DIRECTION(9),
  POOL(10),
  POOL_INDEX(11),
  NEGATIVE_INDEX(12),
  /** What is in the first view alone: its noise, its scales, its way down a tree. */
  VIEW0(13),
  /** What is in the second view alone; where it follows from the first, what it adds to it. */
  VIEW1(14),
  POLARITY(15),
  CLASS(16),
  CLASS_MEAN(17),
  LABEL_NOISE(18),
  MIXING(19);

  private final long code;

  Purpose(long code) {
    this.code = code;
  }

  long code() {
    return code;
  }
}
