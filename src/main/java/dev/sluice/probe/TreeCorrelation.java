package dev.sluice.probe;

import dev.sluice.compute.ColumnCorrelation;

/**
 * How well the nodes of a tree-shaped net know the latents of the tree that its data come from.
 *
 * <p>Source: Tian et al. 2020, arXiv 2010.00578.
 */
public final class TreeCorrelation {
  /** Product of two deviations below which there is nothing to correlate, as published. */
  private static final double LEAST_DEVIATIONS = 1e-6;

  private TreeCorrelation() {}

  /**
   * For each node of a level the largest |correlation| of its latent with one of its units, 0 to 1,
   * higher is better; a unit that hardly varies, or a latent that does not, counts as 0. NaN below
   * two samples, and for a node with a NaN.
   *
   * @param latents of the level, row-major n x nodes
   * @param preactivations of the level, row-major n x (nodes hidden), node by node
   * @param hidden units of a node
   */
  public static double[] best(double[] latents, double[] preactivations, int nodes, int hidden) {
    int n = latents.length / nodes;
    ColumnCorrelation correlation =
        new ColumnCorrelation(latents, nodes, preactivations, nodes * hidden, n, LEAST_DEVIATIONS);
    double[] best = new double[nodes];
    for (int node = 0; node < nodes; node++) {
      best[node] = n < 2 ? Double.NaN : 0;
      for (int unit = node * hidden; unit < (node + 1) * hidden; unit++) {
        best[node] = Math.max(best[node], Math.abs(correlation.of(node, unit))); // keeps a NaN
      }
    }
    return best;
  }
}
