package dev.sluice.recipe;

/** Settings of {@link LatentTrees}. */
public record LatentTreeSettings(
    RunSettings run,
    @Setting(value = "T or tau, temperature of the loss (not of simple)", min = 0.001, max = 1000)
        double temperature,
    @Setting(value = "levels of the tree above its leaves", min = 2, max = 8) int depth,
    @Setting(value = "least polarity of an edge, |rho| ~ U[lo, 1]", min = 0, max = 1)
        double polarity,
    @Setting(value = "hidden units a node", min = 1, max = 256) int hidden,
    @Setting("the released one-negative loss, or a loss of the paper") Contrast contrast,
    @Setting(value = "r0 of the soft triplet loss (triplet only)", min = -100, max = 100)
        double margin) {

  /** How an anchor is held against its positive and its negative. */
  public enum Contrast {
    /** The one of the released script: two exponentials of batch means, no logarithm. */
    RELEASED,
    SIMPLE,
    TRIPLET,
    INFONCE
  }
}
