package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatentTreeTest {
  private static final int MANY = 40_000;

  @ParameterizedTest
  @CsvSource({"3, 5, 0.8", "1, 5, 0", "9, 3, 0.5", "0, 1, 1"})
  void aChildEqualsItsParentAsOftenAsThePolaritySays(long seed, int depth, double least) {
    LatentTree tree = new LatentTree(seed, depth, least);
    int nodes = tree.internalNodes() + tree.leaves();
    CounterStream stream = new CounterStream(seed, Purpose.VIEW0, 0);
    double[] same = new double[nodes];
    int[] states = new int[nodes];
    for (int row = 0; row < MANY; row++) {
      states[0] = row & 1;
      tree.descend(stream, row, states);
      assertThat(states[0]).isEqualTo(row & 1);
      for (int node = 1; node < nodes; node++) {
        assertThat(states[node]).isBetween(0, 1);
        same[node] += states[node] == states[(node - 1) / 2] ? 1.0 / MANY : 0;
      }
    }
    for (int node = 1; node < nodes; node++) {
      double rho = tree.polarity(node);
      double error = 4.5 * Math.sqrt((1 - rho * rho) / 4 / MANY);
      assertThat(same[node]).isCloseTo((1 + rho) / 2, within(error + 1e-9));
    }
  }

  @Test
  void siblingsFlipApart() {
    LatentTree tree = new LatentTree(6, 1, 0);
    CounterStream stream = new CounterStream(6, Purpose.VIEW1, 2);
    double[] left = new double[MANY];
    double[] right = new double[MANY];
    int[] states = new int[3];
    for (int row = 0; row < MANY; row++) {
      tree.descend(stream, row, states);
      left[row] = states[1];
      right[row] = states[2];
    }
    assertThat(Samples.correlation(left, right)).isCloseTo(0, within(4.5 / Math.sqrt(MANY)));
  }

  @Test
  void polaritiesFillTheirRangeWithBothSignsAndAreFixedByTheSeed() {
    LatentTree tree = new LatentTree(12, 10, 0.6);
    LatentTree again = new LatentTree(12, 10, 0.6);
    LatentTree other = new LatentTree(13, 10, 0.6);
    int edges = tree.internalNodes() + tree.leaves() - 1;
    double[] sizes = new double[edges];
    int negative = 0;
    int shared = 0;
    for (int node = 1; node <= edges; node++) {
      double rho = tree.polarity(node);
      sizes[node - 1] = (Math.abs(rho) - 0.6) / 0.4;
      negative += rho < 0 ? 1 : 0;
      shared += rho == other.polarity(node) ? 1 : 0;
      assertThat(again.polarity(node)).isEqualTo(rho);
    }
    assertThat(Samples.distanceFromUniform(sizes)).isLessThan(1.95);
    assertThat((double) negative / edges).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(edges)));
    assertThat(shared).isZero();
  }

  @Test
  void leafProbabilitiesAreTheSumsOverAllStates() {
    LatentTree tree = new LatentTree(5, 2, 0.3);
    for (int root = 0; root < 2; root++) {
      double[] sums = new double[16];
      for (int states = 0; states < 128; states++) {
        if ((states & 1) != root) {
          continue;
        }
        double product = 1;
        for (int node = 1; node < 7; node++) {
          boolean same = (states >>> node & 1) == (states >>> ((node - 1) / 2) & 1);
          double rho = tree.polarity(node);
          product *= same ? (1 + rho) / 2 : (1 - rho) / 2;
        }
        sums[states >>> 3] += product;
      }
      double total = 0;
      for (int pattern = 0; pattern < 16; pattern++) {
        double probability = tree.leafProbability(leaves(pattern, 4), root);
        assertThat(probability).isCloseTo(sums[pattern], within(1e-15));
        total += probability;
      }
      assertThat(total).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  void drawnLeavesAreAsFrequentAsTheirProbabilities() {
    LatentTree tree = new LatentTree(8, 2, 0.2);
    CounterStream stream = new CounterStream(8, Purpose.VIEW0, 4);
    int[] states = new int[7];
    states[0] = 1;
    double[] frequency = new double[16];
    for (int row = 0; row < MANY; row++) {
      tree.descend(stream, row, states);
      frequency[states[3] | states[4] << 1 | states[5] << 2 | states[6] << 3] += 1.0 / MANY;
    }
    for (int pattern = 0; pattern < 16; pattern++) {
      double p = tree.leafProbability(leaves(pattern, 4), 1);
      assertThat(frequency[pattern]).isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / MANY)));
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new LatentTree(0, 0, 0.5))
        .hasMessage("depth of a tree must be in [1, 12]: 0");
    assertThatThrownBy(() -> new LatentTree(0, 13, 0.5))
        .hasMessage("depth of a tree must be in [1, 12]: 13");
    assertThatThrownBy(() -> new LatentTree(0, 5, -0.1))
        .hasMessage("least polarity must be in [0, 1]: -0.1");
    assertThatThrownBy(() -> new LatentTree(0, 5, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LatentTree(0, 2, 0.5).leafProbability(new int[3], 0))
        .hasMessage("a tree of depth 2 has 4 leaves, given 3");
  }

  static int[] leaves(int pattern, int count) {
    int[] leaves = new int[count];
    for (int i = 0; i < count; i++) {
      leaves[i] = pattern >>> i & 1;
    }
    return leaves;
  }
}
