package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Dense;
import dev.sluice.compute.Statistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceOperatorTest {

  /**
   * The statement itself: with gradients through both branches of L = r - r-, r half squared
   * distances, -dL/dw = 2 V w for every node. The loss is enumerated over every x, every x+ of the
   * same root and every x-.
   */
  @ParameterizedTest
  @CsvSource({"1,3,0.5", "2,3,0.5", "3,5,0.5", "4,1,0.5", "5,4,0.3"})
  void theGradientOfTheSimpleLoss_isTwiceTheOperatorOnTheWeights(
      long seed, int hidden, double rootIsOne) {
    TreeNet net = new TreeNet(hidden, seed);
    double[] probabilities = TreeNet.probabilities(rootIsOne, seed);
    double[] outputs = net.run(TreeNet.leavesOfAllStates());
    double[][] gradients =
        net.gradients(outputGradients(outputs, probabilities, rootIsOne, hidden));

    CovarianceOperator operator = operator(net, TreeNet.rootsOfAllStates(), probabilities);

    for (int level = 0; level < TreeNet.LEVELS; level++) {
      double[] image = imageOfWeights(operator, net, level);
      double[] descent = RandomRows.scaled(gradients[level], -1);
      double coefficient = Statistics.dot(descent, image) / Statistics.dot(image, image);
      assertThat(coefficient).as("coefficient at level %s", level).isCloseTo(2, within(1e-9));
      double[] residual = descent.clone();
      Statistics.addScaled(-2, image, 0, residual, 0, residual.length);
      assertThat(Dense.frobenius(residual))
          .as("residual at level %s", level)
          .isLessThan(1e-9 * Dense.frobenius(descent));
    }
  }

  /** dL/df of each of the states, as x, as x+ and as x-. */
  private static double[] outputGradients(
      double[] outputs, double[] probabilities, double rootIsOne, int hidden) {
    double[] gradients = new double[outputs.length];
    for (int x = 0; x < TreeNet.STATES; x++) {
      double root = TreeNet.state(x, 0) == 1 ? rootIsOne : 1 - rootIsOne;
      for (int positive = 0; positive < TreeNet.STATES; positive++) {
        if (TreeNet.state(positive, 0) != TreeNet.state(x, 0)) {
          continue;
        }
        double pair = probabilities[x] * probabilities[positive] / root;
        for (int negative = 0; negative < TreeNet.STATES; negative++) {
          double weight = pair * probabilities[negative];
          for (int k = 0; k < hidden; k++) {
            double f = outputs[x * hidden + k];
            double near = f - outputs[positive * hidden + k];
            double far = f - outputs[negative * hidden + k];
            gradients[x * hidden + k] += weight * (near - far);
            gradients[positive * hidden + k] -= weight * near;
            gradients[negative * hidden + k] += weight * far;
          }
        }
      }
    }
    return gradients;
  }

  /** V w for all weights of a level, by p0 p1 D (D'w) with D that of all its nodes. */
  private static double[] imageOfWeights(CovarianceOperator operator, TreeNet net, int level) {
    int nodes = 1 << level;
    double[] weights = net.weights[level];
    double[] image = new double[weights.length];
    int size = image.length / nodes;
    for (int k = 0; k < net.hidden; k++) {
      double share = 0;
      for (int node = 0; node < nodes; node++) {
        double[] difference = operator.difference(level, node);
        share += Statistics.dot(difference, k * size, weights, node * size, size);
      }
      for (int node = 0; node < nodes; node++) {
        Statistics.addScaled(
            operator.product() * share,
            operator.difference(level, node),
            k * size,
            image,
            node * size,
            size);
      }
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void norm_isThatOfTheOperatorWrittenOut(int hidden) {
    int samples = 37;
    TreeNet net = new TreeNet(hidden, 6);
    net.run(RandomRows.of(7, samples, 4));
    int[] roots = roots(samples);

    CovarianceOperator operator = operator(net, roots, ones(samples));

    for (int level = 0; level < TreeNet.LEVELS; level++) {
      double sum = 0;
      for (int node = 0; node < 1 << level; node++) {
        double expected = Dense.frobenius(writtenOut(net, roots, level, node));
        assertThat(operator.norm(level, node)).isCloseTo(expected, within(1e-12 * expected));
        sum += expected;
      }
      assertThat(operator.meanNorm(level)).isCloseTo(sum / (1 << level), within(1e-12 * sum));
    }
  }

  @Test
  void withASingleOutput_theOperatorHasRankOne() {
    TreeNet net = new TreeNet(1, 8);
    net.run(RandomRows.of(9, 20, 4));
    CovarianceOperator operator = operator(net, roots(20), ones(20));

    double[] difference = operator.difference(1, 0);

    assertThat(operator.norm(1, 0))
        .isCloseTo(operator.product() * Statistics.dot(difference, difference), within(1e-15));
  }

  /** sum_c p_c (K_c - K)(K_c - K)', weights x weights, from one K for each sample. */
  private static double[] writtenOut(TreeNet net, int[] roots, int level, int node) {
    int hidden = net.hidden;
    int fanIn = level == 0 ? 2 * hidden : 2;
    int size = hidden * fanIn;
    double[][] means = new double[3][size * hidden];
    double[] counts = new double[3];
    for (int p = 0; p < roots.length; p++) {
      for (int c : new int[] {roots[p], 2}) {
        counts[c]++;
        for (int j = 0; j < hidden; j++) {
          for (int i = 0; i < fanIn; i++) {
            for (int k = 0; k < hidden; k++) {
              means[c][(j * fanIn + i) * hidden + k] +=
                  net.inputs[level][(p << level) * fanIn + node * fanIn + i]
                      * jacobian(net, level, node, p, k, j);
            }
          }
        }
      }
    }
    double[] operator = new double[size * size];
    for (int c = 0; c < 2; c++) {
      double[] deviation = RandomRows.scaled(means[c], 1 / counts[c]);
      Statistics.addScaled(-1 / counts[2], means[2], 0, deviation, 0, deviation.length);
      double[] square =
          Dense.product(
              deviation, Statistics.transpose(deviation, size, hidden), size, hidden, size);
      Statistics.addScaled(counts[c] / counts[2], square, 0, operator, 0, operator.length);
    }
    return operator;
  }

  /** df_k / dh_j of a node on sample p. */
  private static double jacobian(TreeNet net, int level, int node, int p, int k, int j) {
    if (level == 0) {
      return k == j ? 1 : 0;
    }
    int unit = node * net.hidden + j;
    boolean open = net.preactivations[1][p * 2 * net.hidden + unit] > 0;
    return open ? net.weights[0][k * 2 * net.hidden + unit] : 0;
  }

  @Test
  void deeperTrees_multiplyTheirJacobians() {
    // three levels of one unit and one child each: f = w0 relu(w1 relu(w2 x))
    double[][] weights = {{2}, {3}, {5}};
    double[] x = {1, 2, 4, -1};
    double[] h2 = {5, 10, 20, -5};
    double[] h1 = {15, 30, 60, 0};
    double[] h0 = {30, 60, 120, 0};

    CovarianceOperator operator =
        new CovarianceOperator(
            1,
            1,
            new int[] {0, 1, 1, 0},
            ones(4),
            new double[][] {{15, 30, 60, 0}, {5, 10, 20, 0}, x},
            new double[][] {h0, h1, h2},
            weights);

    // K_1 - K_0 = 6 (3 - 1/2) at the lowest level: its gate is shut on the last sample
    assertThat(operator.levels()).isEqualTo(3);
    assertThat(operator.norm(2, 0)).isCloseTo(0.25 * 15 * 15, within(1e-12));
    assertThat(operator.norm(1, 0)).isCloseTo(0.25 * 25 * 25, within(1e-12));
    assertThat(operator.norm(0, 0)).isCloseTo(0.25 * 37.5 * 37.5, within(1e-12));
  }

  @Test
  void theOrderOfTheSamples_saysNothing() {
    double[] leaves = RandomRows.of(10, 30, 4);
    int[] order = new int[30];
    Arrays.setAll(order, p -> (7 * p + 4) % 30);
    TreeNet net = new TreeNet(3, 11);
    net.run(leaves);
    CovarianceOperator before = operator(net, roots(30), ones(30));

    net.run(RandomRows.permuted(leaves, order));
    CovarianceOperator after = operator(net, RandomRows.permuted(roots(30), order), ones(30));

    for (int level = 0; level < 2; level++) {
      double norm = before.meanNorm(level);
      assertThat(after.meanNorm(level)).isCloseTo(norm, within(1e-12 * norm));
    }
  }

  @Test
  void aNetThatDoesNotSeeTheRoot_hasAnOperatorOfZero() {
    TreeNet net = new TreeNet(3, 12);
    double[] leaves = new double[8 * 4];
    Arrays.fill(leaves, 1);
    net.run(leaves);

    CovarianceOperator operator = operator(net, roots(8), ones(8));

    assertThat(operator.meanNorm(0)).isCloseTo(0, within(1e-24));
    assertThat(operator.meanNorm(1)).isCloseTo(0, within(1e-24));
  }

  @Test
  void withoutOneOfTheStates_thereIsNoOperator() {
    TreeNet net = new TreeNet(2, 13);
    net.run(RandomRows.of(14, 5, 4));

    assertThat(operator(net, new int[5], ones(5)).norm(0, 0)).isNaN();
    assertThat(operator(net, roots(5), new double[5]).norm(1, 1)).isNaN();
  }

  @Test
  void aBrokenWeight_shows() {
    TreeNet net = new TreeNet(2, 15);
    net.weights[0][1] = Double.NaN;
    net.run(RandomRows.of(16, 9, 4));

    CovarianceOperator operator = operator(net, roots(9), ones(9));

    assertThat(operator.meanNorm(1)).isNaN();
  }

  private static CovarianceOperator operator(TreeNet net, int[] roots, double[] mass) {
    return new CovarianceOperator(
        TreeNet.CHILDREN, net.hidden, roots, mass, net.inputs, net.preactivations, net.weights);
  }

  private static int[] roots(int samples) {
    int[] roots = new int[samples];
    Arrays.setAll(roots, p -> p % 3 == 0 ? 0 : 1);
    return roots;
  }

  private static double[] ones(int samples) {
    double[] ones = new double[samples];
    Arrays.fill(ones, 1);
    return ones;
  }
}
