package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import java.util.List;

/**
 * The loss is that of a representation that carries nothing, or the weights decay away, which no
 * measure free of scale can see.
 */
final class NoLearningDetector extends RuleDetector {

  NoLearningDetector(Inputs inputs, Peak weightNorm, CollapseLimits limits) {
    super(
        CollapseKind.NO_LEARNING,
        List.of(
            new AtChance(
                inputs.slot("loss", "part", "total"),
                inputs.slot("loss_chance"),
                limits.lowerLossBound()),
            new FallFromPeak("weight norm", weightNorm, 0.1, 2 * 0.1, Streak.EVALUATIONS)));
  }
}
