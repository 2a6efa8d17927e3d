package dev.sluice.collapse;

/**
 * Limits of the detectors of a run. A recipe may replace one, with its reason beside it.
 *
 * @param warmUpSteps no detector but divergence before this step
 * @param armingStage nor before the threshold schedule reaches this stage, 0 where there is no
 *     schedule
 * @param halfHorizon step from which decoupling may turn critical
 * @param dimensions min(samples of the evaluation batch, m): what an effective rank can reach; 1
 *     where a healthy run needs no more than one dimension, which ends the watch for dimensional
 *     collapse
 * @param lowerLossBound the loss cannot fall below this in theory; NaN where it is unbounded
 * @param spreadFall share of its maximum below which the std ratio is bad, in [0, 1); 0 where a
 *     healthy run gives its spread up, which ends the watch for its fall
 * @param patience evaluations in a row that a fall of spread or norm has to last before it is
 *     reported, at least 1
 * @param normFall share of its maximum below which the norm of the embeddings is bad, in [0, 1); 0
 *     where the objective reads directions alone, which ends the watch for its fall
 * @param firstWeightNorm largest norm of a weight row before the first update, which growth is
 *     measured by; NaN where the first report's has to do
 */
public record CollapseLimits(
    long warmUpSteps,
    int armingStage,
    long halfHorizon,
    int dimensions,
    double lowerLossBound,
    double spreadFall,
    int patience,
    double normFall,
    double firstWeightNorm) {

  /** Of the spread, unless a recipe says otherwise: a quarter of its maximum. */
  public static final double SPREAD_FALL = 0.25;

  /** Of the norm, unless a recipe says otherwise: a tenth of its maximum. */
  public static final double NORM_FALL = 0.1;

  /** Evaluations in a row, unless a recipe says otherwise. */
  public static final int PATIENCE = Streak.EVALUATIONS;

  /** With the usual limit of the spread and the usual patience. */
  public CollapseLimits(
      long warmUpSteps, int armingStage, long halfHorizon, int dimensions, double lowerLossBound) {
    this(
        warmUpSteps,
        armingStage,
        halfHorizon,
        dimensions,
        lowerLossBound,
        SPREAD_FALL,
        PATIENCE,
        NORM_FALL,
        Double.NaN);
  }

  /** Whether a fall of the norm means anything. */
  boolean watchesNorm() {
    return normFall > 0;
  }

  /** Whether a fall of the spread means anything. */
  boolean watchesSpread() {
    return spreadFall > 0;
  }
}
