package dev.sluice.probe;

/**
 * What an {@link Evaluation} computes once a measurement for all the probes that read it, so that
 * its cost is the probes' together. W is the one layer's weights; the first two every system has.
 */
public enum EvaluationProduct {
  /** The representation of the un-augmented samples, W x of the anchors. */
  ANCHORS,
  /** The representation of both views, W A0 x and W A1 x. */
  VIEWS,
  /** W A0 M z and W A1 M z. */
  SPARSE_VIEWS,
  /** W M. */
  PROJECTIONS,
  /** (W M) z of the anchors, from {@link #PROJECTIONS}, which a reader names as well. */
  SPARSE_ANCHORS;

  public double flops(ProbeShape shape) {
    double rows = 2.0 * shape.evaluation() * shape.neurons();
    return switch (this) {
      case ANCHORS -> shape.evaluation() * shape.sampleFlops();
      case VIEWS -> 2 * shape.evaluation() * shape.sampleFlops();
      case SPARSE_VIEWS -> 2 * rows * shape.inputs();
      case PROJECTIONS -> 2.0 * shape.neurons() * shape.inputs() * shape.features();
      case SPARSE_ANCHORS -> rows * shape.features();
    };
  }
}
