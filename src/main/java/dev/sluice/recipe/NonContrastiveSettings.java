package dev.sluice.recipe;

/** Settings of {@link NonContrastive}. */
public record NonContrastiveSettings(
    RunSettings run,
    @Setting("linear: one matrix on Gaussian data, Euclidean loss | mlp: hidden layer, cosine loss")
        Architecture architecture,
    @Setting("none | trained: by gradient | direct: from the embeddings' moments in closed form")
        Predictor predictor,
    @Setting("whether nothing is propagated into the targets") boolean stopGradient,
    @Setting(value = "m of the targets' slow copy of the encoder; 0 for no copy", min = 0, max = 1)
        double targetRate) {

  /** Data, network and distance, which belong together. */
  public enum Architecture {
    LINEAR,
    MLP
  }

  /** Where the predictor comes from. */
  public enum Predictor {
    NONE,
    TRAINED,
    DIRECT
  }

  public NonContrastiveSettings {
    if (!stopGradient && targetRate > 0) {
      throw new IllegalArgumentException(
          "target_rate must be 0 without stop_gradient: nothing is ever propagated into a copy");
    }
  }
}
