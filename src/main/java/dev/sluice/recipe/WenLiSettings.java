package dev.sluice.recipe;

/** Settings of {@link WenLi}. */
public record WenLiSettings(
    LearnerSettings learner,
    @Setting(value = "d, sparse features of the dictionary", min = 1, max = 8192) int features,
    @Setting(value = "d1, width of a sample", min = 1, max = 65536) int inputs,
    @Setting(value = "k, expected number of active features in a sample", min = 0, max = 8192)
        double active,
    @Setting(value = "sigma^2 of the dense noise, a coordinate", min = 0, max = 100)
        double noiseVariance,
    @Setting("how often each feature is active") Frequencies latentFrequencies) {

  /** Entries of one view of a batch: half a gigabyte of float32. */
  private static final long LARGEST_MATRIX = 1L << 27;

  /** How often each feature is active. */
  public enum Frequencies {
    /** All alike: k/d. */
    EQUAL,
    /** In proportion to 1/(j+1), with the same sum k, each at most 0.9. */
    ZIPF
  }

  public WenLiSettings {
    if ((long) learner.batch() * inputs > LARGEST_MATRIX) {
      throw new IllegalArgumentException(
          "batch times inputs must be at most "
              + LARGEST_MATRIX
              + ": "
              + learner.batch()
              + " x "
              + inputs);
    }
    if (features > inputs) {
      throw new IllegalArgumentException(
          "features must be at most inputs, for the dictionary to be orthonormal: "
              + features
              + " > "
              + inputs);
    }
    if (active > features) {
      throw new IllegalArgumentException(
          "active must be at most features: " + active + " > " + features);
    }
  }

  /** These settings over another learner. */
  public WenLiSettings with(LearnerSettings other) {
    return new WenLiSettings(other, features, inputs, active, noiseVariance, latentFrequencies);
  }

  WenLiSettings comparable() {
    return with(learner.comparable());
  }
}
