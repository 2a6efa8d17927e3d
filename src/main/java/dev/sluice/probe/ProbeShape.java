package dev.sluice.probe;

/**
 * The sizes that a probe's cost is a function of.
 *
 * @param batch B, pairs a training step
 * @param inputs d1
 * @param neurons m
 * @param features d, 0 when the truth is not known
 * @param probeRows samples of the every-step estimate
 * @param evaluation n, samples of the fixed evaluation batch
 * @param tileSide side of an image input in pixels, 0 when the inputs are no images
 */
public record ProbeShape(
    int batch, int inputs, int neurons, int features, int probeRows, int evaluation, int tileSide) {

  /** Flops of a training step: three products with W and two of similarities. */
  public double stepFlops() {
    return 6.0 * batch * inputs * neurons + 4.0 * batch * batch * neurons;
  }

  public boolean groundTruth() {
    return features > 0;
  }
}
