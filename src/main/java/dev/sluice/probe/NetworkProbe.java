package dev.sluice.probe;

import java.util.EnumSet;
import java.util.Set;

/** A probe of a system of networks: labels, latents, modules. */
public interface NetworkProbe extends EvaluationProbe<NetworkEvaluation> {

  @Override
  default Class<NetworkEvaluation> sees() {
    return NetworkEvaluation.class;
  }

  /** The embeddings of both views are computed for all. */
  @Override
  default Set<EvaluationProduct> products() {
    return EnumSet.of(EvaluationProduct.VIEWS);
  }

  /** Small systems learn in some hundred steps. */
  @Override
  default int basePeriod() {
    return 20;
  }
}
