package dev.sluice.probe;

/** A probe of nothing but the representation: it fits every system. */
public interface RepresentationProbe extends EvaluationProbe<Evaluation> {

  @Override
  default Class<Evaluation> sees() {
    return Evaluation.class;
  }
}
