package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.data.LatentTree;
import dev.sluice.data.RootPosterior;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.model.SequentialTape;
import dev.sluice.model.TreeTape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How well the nodes of a tree-shaped net know the latents that its data descend from, level by
 * level, beside what could be known at best.
 */
public final class TreeProbe implements NetworkProbe {
  private static final MetricSpec CORRELATION =
      MetricSpec.gauge(
          "tree_correlation",
          "ratio",
          "Mean over the nodes of a level (0 is the root) of the largest magnitude of the correlation of a hidden unit with the node's latent, 0 to 1, higher is better.",
          Source.TIAN_TREE,
          List.of("level"));
  private static final MetricSpec CEILING =
      MetricSpec.gauge(
          "tree_ceiling_correlation",
          "ratio",
          "Correlation of the root with its posterior given the leaves, 0 to 1: nothing that reads the leaves does better.",
          Source.DEFINITION);
  private static final MetricSpec CEILING_RATIO =
      MetricSpec.gauge(
          "tree_ceiling_ratio",
          "ratio",
          "Correlation at the root over its ceiling, 0 to about 1, higher is better.",
          Source.DEFINITION);

  private final int depth;
  private final RootPosterior posterior;

  public TreeProbe(LatentTree tree) {
    depth = tree.depth();
    posterior = new RootPosterior(tree);
  }

  @Override
  public String name() {
    return "tree";
  }

  @Override
  public List<Series> series() {
    List<Series> series = new ArrayList<>(List.of(CEILING.with(), CEILING_RATIO.with()));
    for (int level = 0; level < depth; level++) {
      series.add(CORRELATION.with(String.valueOf(level)));
    }
    return series;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** A correlation for each unit, and messages from the leaves up. */
  @Override
  public double flops(ProbeShape shape) {
    return shape.evaluation() * Math.scalb(1.0, depth) * (6.0 * shape.neurons() + 20);
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    TreeTape tape = (TreeTape) ((SequentialTape) evaluation.tape0()).layer(0);
    double[] states = evaluation.latents();
    double ceiling = posterior.ceiling(evaluation.view0(), states);
    readings.set(0, ceiling);
    int stride = (1 << depth) - 1;
    for (int level = 0; level < depth; level++) {
      int nodes = 1 << level;
      double[] latents = Statistics.columns(states, stride, nodes - 1, nodes);
      double[] units = evaluation.backend().download(tape.preactivation(level));
      double correlation =
          Statistics.mean(TreeCorrelation.best(latents, units, nodes, evaluation.neurons()));
      if (level == 0) {
        readings.setIfDefined(1, correlation / ceiling);
      }
      readings.setIfDefined(2 + level, correlation);
    }
  }
}
