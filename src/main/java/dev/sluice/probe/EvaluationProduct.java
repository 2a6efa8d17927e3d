package dev.sluice.probe;

/**
 * The products of W with parts of the evaluation batch. Each is computed once a measurement for all
 * the probes that read it, so its cost is theirs together.
 */
public enum EvaluationProduct {
  /** W x of the anchors. */
  ANCHORS(1),
  /** W A0 x and W A1 x. */
  VIEWS(2),
  /** W M z of the anchors. */
  SPARSE_ANCHORS(1),
  /** W A0 M z and W A1 M z. */
  SPARSE_VIEWS(2);

  private final int products;

  EvaluationProduct(int products) {
    this.products = products;
  }

  /** 2 n d1 m for each matrix. */
  public double flops(ProbeShape shape) {
    return 2.0 * products * shape.evaluation() * shape.inputs() * shape.neurons();
  }
}
