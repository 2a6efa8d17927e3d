package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import java.util.List;

/** The embeddings live in a few of their dimensions. */
final class DimensionalDetector extends RuleDetector {

  DimensionalDetector(Peak rank, CollapseLimits limits) {
    super(CollapseKind.DIMENSIONAL, rules(rank, limits));
  }

  private static List<Rule> rules(Peak rank, CollapseLimits limits) {
    int dimensions = limits.dimensions();
    if (dimensions <= 1) {
      return List.of();
    }
    return List.of(
        new FallFromPeak("RankMe", rank, 0.5, 0.6, Streak.EVALUATIONS),
        new BornLow("RankMe", rank, 0.5 * dimensions, 0.6 * dimensions));
  }
}
