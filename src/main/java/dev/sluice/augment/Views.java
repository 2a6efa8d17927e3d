package dev.sluice.augment;

import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;

/**
 * How two views are made of an anchor.
 *
 * @param masked false: both views are the anchor itself
 * @param overlap share of coordinates in which the second mask copies the first, in [0, 1]; 0 is
 *     the complement
 * @param keep probability that the first mask keeps a coordinate, in (0, 1)
 */
public record Views(boolean masked, double overlap, double keep) {

  public Views {
    if (!(overlap >= 0 && overlap <= 1)) {
      throw new IllegalArgumentException("overlap must be in [0, 1]: " + overlap);
    }
    if (!(keep > 0 && keep < 1)) {
      throw new IllegalArgumentException("keep must be in (0, 1): " + keep);
    }
  }

  /** Views without masks. */
  public static Views unmasked() {
    return new Views(false, 0, 0.5);
  }

  /** Factor of a coordinate kept by the first mask, so that the view is unbiased: 1/keep. */
  public double scale0() {
    return 1 / keep;
  }

  /** Factor of a coordinate kept by the second mask: 1 over its own probability to keep. */
  public double scale1() {
    return 1 / (overlap * keep + (1 - overlap) * (1 - keep));
  }

  /** Whether (view0 + view1) / 2 is the anchor for every sample. */
  public boolean averageToAnchor() {
    return !masked || (overlap == 0 && keep == 0.5);
  }

  /** These views with the knobs of the augmentation where {@code knobs} has them. */
  public Views at(KnobValues knobs) {
    return masked ? new Views(true, knobs.get(Knob.OVERLAP), knobs.get(Knob.KEEP)) : this;
  }
}
