package dev.sluice.collapse;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;

/** The running maxima that rules measure by. */
final class Peaks {
  final Peak spread;
  final Peak norm;
  final Peak rank;
  final Peak weightNorm;
  private final int spreadPeakSlot;
  private final int normPeakSlot;
  private final int rankPeakSlot;

  Peaks(ReportLayout layout, CollapseLimits limits) {
    Inputs inputs = new Inputs(layout);
    spread = new Peak(inputs.slot("embedding_std_ratio"));
    norm = new Peak(inputs.slot("embedding_norm", "stat", "mean"));
    rank = new Peak(inputs.slot("embedding_effective_rank", "kind", "rankme"));
    weightNorm = new Peak(inputs.slot("weight_norm"));
    // not written where it measures nothing: alert rules outside the process go by it too
    spreadPeakSlot = limits.watchesSpread() ? inputs.slot("embedding_std_ratio_peak") : -1;
    normPeakSlot = limits.watchesNorm() ? inputs.slot("embedding_norm_peak") : -1;
    rankPeakSlot = inputs.slot("embedding_effective_rank_peak");
  }

  void accept(StepReport report) {
    spread.accept(report);
    norm.accept(report);
    rank.accept(report);
    weightNorm.accept(report);
  }

  void restart() {
    spread.restart();
    norm.restart();
    rank.restart();
    weightNorm.restart();
  }

  /**
   * The norm's maximum alone begins anew with the stage that arms the detectors. Where thresholds
   * start they cut a piece off every response, and the norm of a healthy run falls to a fifth,
   * after an overshoot even to a ninth; the other maxima are free of scale or of thresholds.
   */
  void restartNorm() {
    norm.restart();
  }

  void write(double[] values) {
    CollapseMonitor.set(values, spreadPeakSlot, spread.max());
    CollapseMonitor.set(values, normPeakSlot, norm.max());
    CollapseMonitor.set(values, rankPeakSlot, rank.max());
  }
}
