package dev.sluice.compute;

import dev.sluice.event.StepReport;

/**
 * What an objective knows for free about a batch.
 *
 * @param loss in the objective's own unit, lower is better
 * @param probability mean softmax probability of the positive, in (0, 1), higher is better, 1/n
 *     when blind; {@link StepReport#ABSENT} where there is no softmax
 * @param top1 share of anchors whose own positive has the largest similarity, in [0, 1]; among
 *     equals of a batch the first index is the largest, a tie with a shared negative wins nothing;
 *     {@link StepReport#ABSENT} where nothing is contrasted
 */
public record ContrastStatistics(double loss, double probability, double top1) {

  /** Of an objective that contrasts nothing. */
  public static ContrastStatistics ofLoss(double loss) {
    return new ContrastStatistics(loss, StepReport.ABSENT, StepReport.ABSENT);
  }

  /**
   * The same, but beside a loss that is not finite NaN for what was measured: a comparison with NaN
   * is false, so that counts taken there mean nothing.
   */
  public ContrastStatistics consistent() {
    return Double.isFinite(loss)
        ? this
        : new ContrastStatistics(loss, unknown(probability), unknown(top1));
  }

  private static double unknown(double value) {
    return StepReport.isAbsent(value) ? value : Double.NaN;
  }
}
