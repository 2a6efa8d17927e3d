package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.StepReport;
import java.util.List;

/**
 * Every input is mapped to the same point, or to nothing. The spread is blind to a vanishing norm
 * and the norm to a vanishing spread, so both are watched, each against its own maximum: levels do
 * not carry over from one system to another.
 */
final class CompleteDetector extends RuleDetector {
  private static final double SILENT = 0.9;

  CompleteDetector(Inputs inputs, Peak spread, Peak norm, WarmUp warmUp, CollapseLimits limits) {
    super(
        CollapseKind.COMPLETE,
        rules(inputs.slot("zero_output_ratio"), spread, norm, warmUp, limits));
  }

  private static List<Rule> rules(
      int silent, Peak spread, Peak norm, WarmUp warmUp, CollapseLimits limits) {
    double fall = limits.spreadFall();
    return List.of(
        new FallFromPeak("embedding std ratio", spread, fall, 2 * fall, limits.patience()),
        new FallFromPeak(
            "embedding norm", norm, limits.normFall(), 2 * limits.normFall(), limits.patience()),
        // cleared when the share of samples that do give an output is twice the limit
        new AboveLimit(
            "zero output ratio",
            silent >= 0,
            (StepReport report) -> report.value(silent),
            SILENT,
            1 - 2 * (1 - SILENT)),
        new NeverRose("embedding std ratio", spread, warmUp, 0.1));
  }
}
