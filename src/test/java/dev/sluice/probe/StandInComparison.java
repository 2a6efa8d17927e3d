package dev.sluice.probe;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far the stand-ins for unknown truth lie from the truth, in a report of a run that knows it.
 */
public final class StandInComparison {

  /**
   * A stand-in beside what it stands for.
   *
   * @param name the stand-in's series
   * @param truth what it stands for, in the stand-in's units
   */
  public record Pair(String name, double estimate, double truth) {
    public double difference() {
      return estimate - truth;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s %.3f, truth %.3f", name, estimate, truth);
    }
  }

  private StandInComparison() {}

  /**
   * Those measured in the report. Coverage is counted in features by the truth and in neurons by
   * its stand-in, which knows no features, so the truth is turned into neurons.
   */
  public static List<Pair> of(StepReport report, int features, int neurons) {
    List<Pair> pairs = new ArrayList<>();
    for (String signal : List.of("sparse", "dense")) {
      String labels = "{layer=\"encoder\",signal=\"" + signal + "\"}";
      add(
          pairs,
          report,
          "sluice_pair_correlation_split_estimate" + labels,
          "sluice_pair_correlation" + labels,
          1);
      add(
          pairs,
          report,
          "sluice_pair_correlation_estimate" + labels,
          "sluice_pair_correlation" + labels,
          1);
    }
    add(
        pairs,
        report,
        "sluice_weight_sparse_energy_estimate",
        "sluice_weight_sparse_energy_ratio",
        1);
    add(
        pairs,
        report,
        "sluice_feature_coverage_estimate",
        "sluice_feature_coverage_ratio",
        (double) features / neurons);
    return pairs;
  }

  private static void add(
      List<Pair> pairs, StepReport report, String estimate, String truth, double factor) {
    ReportLayout layout = report.layout();
    int estimateSlot = layout.slot(estimate);
    int truthSlot = layout.slot(truth);
    if (estimateSlot < 0 || truthSlot < 0) {
      throw new AssertionError("the run has not both " + estimate + " and " + truth);
    }
    if (report.isMeasured(estimateSlot) && report.isMeasured(truthSlot)) {
      pairs.add(new Pair(estimate, report.value(estimateSlot), factor * report.value(truthSlot)));
    }
  }
}
