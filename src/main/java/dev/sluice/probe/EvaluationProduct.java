package dev.sluice.probe;

/**
 * The products that an {@link Evaluation} computes once a measurement for all the probes that read
 * them, so that their cost is the probes' together.
 */
public enum EvaluationProduct {
  /** W x of the anchors. */
  ANCHORS,
  /** W A0 x and W A1 x. */
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
      case ANCHORS -> rows * shape.inputs();
      case VIEWS, SPARSE_VIEWS -> 2 * rows * shape.inputs();
      case PROJECTIONS -> 2.0 * shape.neurons() * shape.inputs() * shape.features();
      case SPARSE_ANCHORS -> rows * shape.features();
    };
  }
}
