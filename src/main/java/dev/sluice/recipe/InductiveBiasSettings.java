package dev.sluice.recipe;

/** Settings of {@link InductiveBias}. */
public record InductiveBiasSettings(
    RunSettings run,
    @Setting("cube: corners with rescaled coordinates | shift: a patch on a circle") Data data,
    @Setting("what the embedding may be made of") Encoder encoder,
    @Setting(value = "k, width of the embedding", min = 1, max = 1024) int outputs,
    @Setting(value = "lambda, weight of the regulariser", min = 0, max = 1000) double regulariser,
    @Setting(value = "a, size of the cube's invariant coordinates", min = 0.001, max = 1000)
        double amplitude) {

  /** Where the views come from. */
  public enum Data {
    CUBE,
    SHIFT
  }

  /** The function class. */
  public enum Encoder {
    LINEAR,
    RELU,
    CONVOLUTION
  }

  public InductiveBiasSettings {
    if (encoder == Encoder.CONVOLUTION && data == Data.CUBE) {
      throw new IllegalArgumentException(
          "encoder convolution needs data shift: the cube's coordinates have no order");
    }
  }
}
