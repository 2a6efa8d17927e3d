package dev.sluice.probe;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import java.util.Arrays;

/**
 * A tree-shaped ReLU net of two levels without biases on four leaves, in plain float64 loops, with
 * the tree its leaves descend from: what the covariance operator is measured on in tests. The root
 * (level 0) reads its two children, each of these two leaves.
 */
final class TreeNet {
  static final int LEVELS = 2;
  static final int CHILDREN = 2;

  /** States of root, two nodes and four leaves. */
  static final int STATES = 1 << 7;

  final int hidden;
  final double[][] weights;

  /** Per level, samples x (nodes inputs) and samples x (nodes hidden), of the last {@link #run}. */
  final double[][] inputs = new double[LEVELS][];

  final double[][] preactivations = new double[LEVELS][];

  TreeNet(int hidden, long seed) {
    this.hidden = hidden;
    weights =
        new double[][] {
          RandomRows.of(seed, hidden, CHILDREN * hidden), RandomRows.of(seed, 2 * hidden, 2)
        };
  }

  /** State of node 0 (root), 1, 2 (its children) or 3 to 6 (leaves, from the left). */
  static int state(int states, int node) {
    return states >> node & 1;
  }

  static int parent(int node) {
    return (node - 1) / 2;
  }

  /** The leaves of every one of the {@link #STATES}, as many rows of 4. */
  static double[] leavesOfAllStates() {
    double[] leaves = new double[STATES * 4];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = state(i / 4, 3 + i % 4);
    }
    return leaves;
  }

  /**
   * The probability of every one of the {@link #STATES}: a child equals its parent with (1 + rho) /
   * 2, rho up to 1 in magnitude and drawn for each edge.
   */
  static double[] probabilities(double rootIsOne, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.LATENT, 0);
    double[] probabilities = new double[STATES];
    for (int states = 0; states < STATES; states++) {
      double probability = state(states, 0) == 1 ? rootIsOne : 1 - rootIsOne;
      for (int node = 1; node < 7; node++) {
        double rho = 2 * stream.uniform(node) - 1;
        boolean same = state(states, node) == state(states, parent(node));
        probability *= (same ? 1 + rho : 1 - rho) / 2;
      }
      probabilities[states] = probability;
    }
    return probabilities;
  }

  static int[] rootsOfAllStates() {
    int[] roots = new int[STATES];
    Arrays.setAll(roots, states -> state(states, 0));
    return roots;
  }

  /** Pre-activations of the root, which are the outputs, samples x hidden. */
  double[] run(double[] leaves) {
    int samples = leaves.length / 4;
    inputs[1] = leaves;
    preactivations[1] = responses(leaves, weights[1], 2, 2, samples);
    inputs[0] = new double[preactivations[1].length];
    for (int i = 0; i < inputs[0].length; i++) {
      inputs[0][i] = Math.max(0, preactivations[1][i]);
    }
    preactivations[0] = responses(inputs[0], weights[0], 1, CHILDREN * hidden, samples);
    return preactivations[0];
  }

  private double[] responses(double[] in, double[] w, int nodes, int fanIn, int samples) {
    double[] out = new double[samples * nodes * hidden];
    for (int p = 0; p < samples; p++) {
      for (int node = 0; node < nodes; node++) {
        for (int j = 0; j < hidden; j++) {
          for (int i = 0; i < fanIn; i++) {
            out[(p * nodes + node) * hidden + j] +=
                w[(node * hidden + j) * fanIn + i] * in[(p * nodes + node) * fanIn + i];
          }
        }
      }
    }
    return out;
  }

  /** Gradients of the weights per level, from those of the outputs, samples x hidden. */
  double[][] gradients(double[] outputGradients) {
    double[][] gradients = {new double[weights[0].length], new double[weights[1].length]};
    int fanIn = CHILDREN * hidden;
    int samples = outputGradients.length / hidden;
    for (int p = 0; p < samples; p++) {
      double[] below = new double[fanIn];
      for (int j = 0; j < hidden; j++) {
        double gradient = outputGradients[p * hidden + j];
        for (int i = 0; i < fanIn; i++) {
          gradients[0][j * fanIn + i] += gradient * inputs[0][p * fanIn + i];
          below[i] += gradient * weights[0][j * fanIn + i];
        }
      }
      for (int i = 0; i < fanIn; i++) {
        if (preactivations[1][p * fanIn + i] > 0) {
          int node = i / hidden;
          gradients[1][i * 2] += below[i] * inputs[1][p * 4 + node * 2];
          gradients[1][i * 2 + 1] += below[i] * inputs[1][p * 4 + node * 2 + 1];
        }
      }
    }
    return gradients;
  }
}
