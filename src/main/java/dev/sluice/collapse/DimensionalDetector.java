package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import java.util.List;

/** The embeddings live in a few of their dimensions. */
final class DimensionalDetector extends RuleDetector {

  DimensionalDetector(Peak rank, CollapseLimits limits) {
    super(
        CollapseKind.DIMENSIONAL,
        List.of(
            new FallFromPeak("RankMe", rank, 0.5, 0.6),
            new BornLow("RankMe", rank, 0.5 * limits.dimensions(), 0.6 * limits.dimensions())));
  }
}
