package dev.sluice.verticle;

/**
 * How long the steps of a run took, as counts in buckets whose width is 1/32 of their value or
 * less. One thread writes; read it when the run has ended.
 */
public final class StepTimes {
  private static final int BITS = 5;
  private static final int PER_OCTAVE = 1 << BITS;
  private static final double SECONDS = 1e-9;

  private final long[] counts = new long[(Long.SIZE - BITS) * PER_OCTAVE];
  private long count;
  private long totalNanos;

  StepTimes() {}

  void add(long nanos) {
    long value = Math.max(0, nanos);
    counts[bucket(value)]++;
    count++;
    totalNanos += value;
  }

  public long count() {
    return count;
  }

  public double meanSeconds() {
    return count == 0 ? 0 : totalNanos * SECONDS / count;
  }

  /**
   * The time that a share of the steps did not exceed, in seconds, at most 3 % too long; 0 when
   * there was no step.
   *
   * @param share in (0, 1]
   */
  public double quantileSeconds(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1]: " + share);
    }
    long rank = (long) Math.ceil(share * count);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank && seen > 0) {
        return upperEdge(bucket) * SECONDS;
      }
    }
    return 0;
  }

  /** Values below 32 have a bucket each; above, the five bits after the leading one choose it. */
  private static int bucket(long value) {
    if (value < PER_OCTAVE) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(value);
    return (shift + 1) * PER_OCTAVE + (int) (value >>> shift) - PER_OCTAVE;
  }

  private static long upperEdge(int bucket) {
    if (bucket < PER_OCTAVE) {
      return bucket;
    }
    int shift = bucket / PER_OCTAVE - 1;
    long lower = (long) (bucket % PER_OCTAVE + PER_OCTAVE) << shift;
    return lower + (1L << shift) - 1;
  }
}
