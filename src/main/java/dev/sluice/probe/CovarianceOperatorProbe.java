package dev.sluice.probe;

import dev.sluice.data.LatentTree;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.model.SequentialTape;
import dev.sluice.model.TreeTape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The covariance operators of a tree-shaped net, which drive its weights, level by level. */
public final class CovarianceOperatorProbe implements NetworkProbe {
  private static final MetricSpec OPERATOR =
      MetricSpec.gauge(
          "covariance_operator_norm",
          "1",
          "Mean over the nodes of a level of the Frobenius norm of the covariance operator, at least 0: how strongly the contrast drives the level's weights; 0 in a dead net.",
          Source.TIAN_TREE,
          List.of("level"));

  /** Entries a sample. */
  private static final double MOST_JACOBIANS = 1 << 15;

  private final int depth;

  /**
   * Whether the Jacobians of one evaluation, a block of hidden x hidden for each sample and node,
   * are few enough to be held.
   */
  public static boolean fits(int depth, int hidden) {
    return Math.scalb((double) hidden * hidden, depth) <= MOST_JACOBIANS;
  }

  public CovarianceOperatorProbe(LatentTree tree) {
    depth = tree.depth();
  }

  @Override
  public String name() {
    return "covariance-operator";
  }

  @Override
  public List<Series> series() {
    List<Series> series = new ArrayList<>();
    for (int level = 0; level < depth; level++) {
      series.add(OPERATOR.with(String.valueOf(level)));
    }
    return series;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** A Jacobian for each sample and node, and its product with the node's inputs. */
  @Override
  public double flops(ProbeShape shape) {
    double block = shape.neurons() * (double) shape.neurons();
    return shape.evaluation() * Math.scalb(1.0, depth) * 6 * block * shape.neurons();
  }

  /** Dear, and slow to change. */
  @Override
  public int basePeriod() {
    return 50;
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    int n = evaluation.samples();
    TreeTape tape = (TreeTape) ((SequentialTape) evaluation.tape0()).layer(0);
    double[][] units = new double[depth][];
    double[][] inputs = new double[depth][];
    double[][] weights = new double[depth][];
    for (int level = depth - 1; level >= 0; level--) {
      units[level] = evaluation.backend().download(tape.preactivation(level));
      weights[level] = evaluation.parameter("encoder.0." + level + ".weight");
      inputs[level] = level == depth - 1 ? evaluation.view0() : positivePart(units[level + 1]);
    }
    CovarianceOperator operator =
        new CovarianceOperator(
            2,
            evaluation.neurons(),
            roots(evaluation.latents(), n),
            ones(n),
            inputs,
            units,
            weights);
    for (int level = 0; level < depth; level++) {
      readings.setIfDefined(level, operator.meanNorm(level));
    }
  }

  private int[] roots(double[] states, int n) {
    int[] roots = new int[n];
    for (int p = 0; p < n; p++) {
      roots[p] = (int) states[p * ((1 << depth) - 1)];
    }
    return roots;
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] positivePart(double[] values) {
    double[] positive = values.clone();
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.max(0, positive[i]);
    }
    return positive;
  }
}
