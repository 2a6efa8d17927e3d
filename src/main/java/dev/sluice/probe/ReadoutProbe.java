package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What can be read linearly out of the embedding: the latents that the network's architecture can
 * realise and those it cannot, each fitted on one half of the samples and scored on the other.
 */
public final class ReadoutProbe implements NetworkProbe {
  private static final MetricSpec R2 =
      MetricSpec.gauge(
          "readout_r2",
          "ratio",
          "Mean share of the variance of a group of latents that a linear readout explains on samples it was not fitted to, at most 1, negative when worse than the mean.",
          Source.HAOCHEN_MA,
          List.of("target"));
  private static final MetricSpec ACCURACY =
      MetricSpec.gauge(
          "readout_accuracy_ratio",
          "ratio",
          "Share of samples whose class a linear readout finds, 0 to 1, on samples it was not fitted to; higher is better.",
          Source.HAOCHEN_MA);
  private static final MetricSpec DISCREPANCY =
      MetricSpec.gauge(
          "pair_discrepancy",
          "1",
          "Mean squared distance of the embeddings of a pair once they are whitened (phi), 0 to 4 m, lower is better; absent while they do not span their dimensions.",
          Source.HAOCHEN_MA);

  private final List<Group> groups;

  /**
   * Latents that are read out together.
   *
   * @param name value of the label {@code target}
   * @param first column among the latents
   * @param count columns
   */
  public record Group(String name, int first, int count) {}

  public ReadoutProbe(List<Group> groups) {
    this.groups = List.copyOf(groups);
  }

  @Override
  public String name() {
    return "readout";
  }

  @Override
  public List<Series> series() {
    List<Series> series = new ArrayList<>();
    groups.forEach(group -> series.add(R2.with(group.name())));
    series.add(ACCURACY.with());
    series.add(DISCREPANCY.with());
    return series;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Least squares for each group and for the classes, and a Gram matrix. */
  @Override
  public double flops(ProbeShape shape) {
    double n = shape.evaluation();
    double m = shape.neurons();
    return (groups.size() + 2) * 2 * n * m * (m + 8);
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    double[] z = evaluation.responses0();
    double[] latents = evaluation.latents();
    int count = evaluation.latentCount();
    int index = 0;
    for (Group group : groups) {
      double[] targets = Statistics.columns(latents, count, group.first(), group.count());
      readings.setIfDefined(index++, LinearReadout.heldOutR2(z, targets, m, group.count()));
    }
    readings.setIfDefined(index++, LinearReadout.heldOutAccuracy(z, evaluation.labels(), m));
    readings.setIfDefined(index, WhitenedDistance.of(z, evaluation.responses1(), n, m));
  }
}
