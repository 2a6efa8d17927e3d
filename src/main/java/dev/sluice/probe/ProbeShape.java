package dev.sluice.probe;

/**
 * The sizes that a probe's cost is a function of.
 *
 * @param batch B, pairs a training step
 * @param inputs d1
 * @param neurons m, width of the representation
 * @param features d, 0 when the truth is not known
 * @param probeRows samples of the every-step estimate
 * @param evaluation n, samples of the fixed evaluation batch
 * @param tileSide side of an image input in pixels, 0 when the inputs are no images
 * @param stepFlops of a training step
 * @param sampleFlops of one sample's way to its representation
 */
public record ProbeShape(
    int batch,
    int inputs,
    int neurons,
    int features,
    int probeRows,
    int evaluation,
    int tileSide,
    double stepFlops,
    double sampleFlops) {

  /**
   * Of one layer of neurons: a step is three products with W and two of similarities, a
   * representation one product with W.
   */
  public static ProbeShape ofLayer(
      int batch,
      int inputs,
      int neurons,
      int features,
      int probeRows,
      int evaluation,
      int tileSide) {
    return new ProbeShape(
        batch,
        inputs,
        neurons,
        features,
        probeRows,
        evaluation,
        tileSide,
        6.0 * batch * inputs * neurons + 4.0 * batch * batch * neurons,
        2.0 * inputs * neurons);
  }

  public boolean groundTruth() {
    return features > 0;
  }
}
