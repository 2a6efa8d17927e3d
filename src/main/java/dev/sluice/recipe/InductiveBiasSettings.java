package dev.sluice.recipe;

/** Settings of {@link InductiveBias}. */
public record InductiveBiasSettings(
    RunSettings run,
    @Setting("cube: corners with rescaled coordinates | shift: a patch on a circle") Data data,
    @Setting("what the embedding may be made of") Encoder encoder,
    @Setting(value = "k, width of the embedding", min = 1, max = 1024) int outputs,
    @Setting("what is minimised; the paper's, or another that needs no negatives of its own")
        Loss loss,
    @Setting(value = "lambda, weight of the regulariser (haochen_ma only)", min = 0, max = 1000)
        double regulariser,
    @Setting(value = "a, size of the invariant coordinates (cube only)", min = 0.001, max = 1000)
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

  /** The objective, for comparison on the same data and networks. */
  public enum Loss {
    HAOCHEN_MA,
    SPECTRAL,
    VICREG,
    BARLOW_TWINS
  }

  public InductiveBiasSettings {
    if (encoder == Encoder.CONVOLUTION && data == Data.CUBE) {
      throw new IllegalArgumentException(
          "encoder convolution needs data shift: the cube's coordinates have no order");
    }
  }
}
