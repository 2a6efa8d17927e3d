package dev.sluice.probe;

/** A probe of one layer of soft-threshold neurons. */
public interface LayerProbe extends EvaluationProbe<LayerEvaluation> {

  @Override
  default Class<LayerEvaluation> sees() {
    return LayerEvaluation.class;
  }
}
