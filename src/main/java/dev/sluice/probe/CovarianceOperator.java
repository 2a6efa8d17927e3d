package dev.sluice.probe;

import dev.sluice.compute.Dense;
import dev.sluice.compute.Statistics;

/**
 * The covariance operators of a tree-shaped ReLU net whose data descend from a root of two states:
 * for each node V = sum_c p_c (K_c - K)(K_c - K)', with K_c the mean over samples of root state c
 * of (input of the node) x (Jacobian of the net's output in the node's pre-activations), as a
 * matrix with a row for each weight of the node and a column for each output. Large where the
 * node's weights see the root. Immutable.
 *
 * <p>With the K of all nodes of a level stacked, the same operator drives learning: for a net
 * without biases and the simple contrastive loss, -dL/dw = 2 V w with w all weights of the level. A
 * node's own operator is its block on the diagonal.
 *
 * <p>Everything is NaN where one of the two states has no sample.
 */
public final class CovarianceOperator {
  /*
   * Two states make V = p0 p1 D D' with D = K_1 - K_0, (weights x outputs), so the operator itself,
   * (weights x weights), is never needed: its Frobenius norm is that of the small p0 p1 D'D. With a
   * single output this is p0 p1 |D|^2.
   *
   * Level 0 is the root, level l has children^l nodes, a level's arrays hold them side by side.
   * Jacobians come from above: the root's is the identity, a child's is its parent's times the
   * parent's weights on that child, where the child's units are above 0.
   *
   * The published script groups the axes of K otherwise below the root (input and output against
   * unit); this is the grouping for which the statement on the gradient holds, and which its
   * derivation has.
   *
   * Source: Tian et al. 2020, arXiv 2010.00578.
   */
  private final int hidden;
  private final double product;
  private final double[][] differences;
  private final int[] inputs;

  /**
   * @param children of a node
   * @param hidden units of a node; those of the root are the outputs
   * @param roots state of the root, 0 or 1, of each sample, length n
   * @param mass of each sample, at least 0, for example 1 each
   * @param layerInputs per level row-major n x (nodes inputs): what the nodes' weights meet
   * @param preactivations per level row-major n x (nodes hidden)
   * @param weights per level nodes x hidden x inputs
   */
  public CovarianceOperator(
      int children,
      int hidden,
      int[] roots,
      double[] mass,
      double[][] layerInputs,
      double[][] preactivations,
      double[][] weights) {
    this.hidden = hidden;
    double[] total = new double[2];
    for (int p = 0; p < roots.length; p++) {
      total[roots[p]] += mass[p];
    }
    double all = total[0] + total[1];
    boolean both = total[0] > 0 && total[1] > 0;
    product = both ? total[0] / all * (total[1] / all) : Double.NaN;
    differences = new double[weights.length][];
    inputs = new int[weights.length];
    double[] signed = signedMass(roots, mass, total);
    double[] jacobians = identities(roots.length, hidden);
    int nodes = 1;
    for (int level = 0; level < weights.length; level++) {
      inputs[level] = weights[level].length / (nodes * hidden);
      if (level > 0) {
        jacobians =
            descend(
                jacobians,
                weights[level - 1],
                preactivations[level],
                new Fan(roots.length, nodes, children, hidden));
      }
      differences[level] =
          difference(signed, layerInputs[level], jacobians, nodes, inputs[level], hidden);
      nodes *= children;
    }
  }

  /** A level of the tree with n samples, and how many of its nodes share a parent. */
  private record Fan(int samples, int nodes, int children, int hidden) {}

  /** Levels. */
  public int levels() {
    return differences.length;
  }

  /** Frobenius norm of a node's operator, at least 0. */
  public double norm(int level, int node) {
    double[] difference = difference(level, node);
    double[] gram = Statistics.gramOfRows(difference, hidden, hidden * inputs[level]);
    return product * Dense.frobenius(gram);
  }

  /** Mean over the nodes of a level of {@link #norm}. */
  public double meanNorm(int level) {
    int nodes = differences[level].length / (hidden * hidden * inputs[level]);
    double sum = 0;
    for (int node = 0; node < nodes; node++) {
      sum += norm(level, node);
    }
    return sum / nodes;
  }

  /** D of a node, outputs x (hidden inputs): a row for each output, weights along it. */
  double[] difference(int level, int node) {
    int size = hidden * hidden * inputs[level];
    double[] difference = new double[size];
    System.arraycopy(differences[level], node * size, difference, 0, size);
    return difference;
  }

  /** p0 p1. */
  double product() {
    return product;
  }

  /** mass / (mass of its state), negative in state 0: sums with it are differences of means. */
  private static double[] signedMass(int[] roots, double[] mass, double[] total) {
    double[] signed = new double[roots.length];
    for (int p = 0; p < roots.length; p++) {
      signed[p] = (roots[p] == 0 ? -1 : 1) * mass[p] / total[roots[p]];
    }
    return signed;
  }

  /** Jacobians of the root, n x 1 x outputs x hidden. */
  private static double[] identities(int n, int hidden) {
    double[] jacobians = new double[n * hidden * hidden];
    for (int i = 0; i < n * hidden; i++) {
      jacobians[i * hidden + i % hidden] = 1;
    }
    return jacobians;
  }

  /** Jacobians of a level, n x nodes x outputs x hidden, from those of the level above. */
  private static double[] descend(
      double[] above, double[] weights, double[] preactivations, Fan fan) {
    int hidden = fan.hidden;
    int block = hidden * hidden;
    int fanIn = fan.children * hidden;
    int parents = fan.nodes / fan.children;
    double[] jacobians = new double[fan.samples * fan.nodes * block];
    for (int at = 0; at < fan.samples * fan.nodes; at++) {
      int node = at % fan.nodes;
      int parent = node / fan.children;
      int from = (at / fan.nodes * parents + parent) * block;
      int offset = node % fan.children * hidden;
      for (int i = 0; i < block; i++) {
        int weightRow = (parent * hidden + i % hidden) * fanIn + offset;
        int row = i / hidden * hidden;
        Statistics.addScaled(
            above[from + i], weights, weightRow, jacobians, at * block + row, hidden);
      }
      for (int i = 0; i < block; i++) {
        if (preactivations[at * hidden + i % hidden] <= 0) {
          jacobians[at * block + i] = 0;
        }
      }
    }
    return jacobians;
  }

  /** K_1 - K_0 of a level, nodes x outputs x (hidden inputs). */
  private static double[] difference(
      double[] signed, double[] inputs, double[] jacobians, int nodes, int fanIn, int hidden) {
    int block = hidden * hidden;
    double[] difference = new double[nodes * block * fanIn];
    for (int at = 0; at < signed.length * nodes; at++) {
      int node = at % nodes;
      for (int i = 0; i < block; i++) {
        double factor = signed[at / nodes] * jacobians[at * block + i];
        if (factor != 0) {
          Statistics.addScaled(
              factor, inputs, at * fanIn, difference, (node * block + i) * fanIn, fanIn);
        }
      }
    }
    return difference;
  }
}
