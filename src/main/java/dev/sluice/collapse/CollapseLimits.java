package dev.sluice.collapse;

/**
 * Limits of the detectors of a run. A recipe may replace one, with its reason beside it.
 *
 * @param warmUpSteps no detector but divergence before this step
 * @param armingStage nor before the threshold schedule reaches this stage, 0 where there is no
 *     schedule
 * @param halfHorizon step from which decoupling may turn critical
 * @param dimensions min(samples of the evaluation batch, m): what an effective rank can reach
 * @param lowerLossBound the loss cannot fall below this in theory; NaN where it is unbounded
 */
public record CollapseLimits(
    long warmUpSteps, int armingStage, long halfHorizon, int dimensions, double lowerLossBound) {}
