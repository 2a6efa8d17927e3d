package dev.sluice.probe;

/**
 * What a probe needs of a run to be defined there. A run that lacks it does not have the probe's
 * series.
 */
public enum Need {
  /** The dictionary and the latents are known. */
  GROUND_TRUTH,
  /** The inputs are images. */
  IMAGES
}
