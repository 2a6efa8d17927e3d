package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RootPosteriorTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3"})
  void theMessagesGiveWhatBayesRuleGives(long seed, int depth) {
    LatentTree tree = new LatentTree(seed, depth, 0.3);
    RootPosterior posterior = new RootPosterior(tree);
    int count = tree.leaves();
    double[] leaves = new double[count + 1];
    for (int pattern = 0; pattern < 1 << count; pattern++) {
      int[] seen = LatentTreeTest.leaves(pattern, count);
      for (int i = 0; i < count; i++) {
        leaves[i + 1] = seen[i];
      }
      double one = tree.leafProbability(seen, 1);
      double zero = tree.leafProbability(seen, 0);
      assertThat(posterior.of(leaves, 1)).isCloseTo(one / (one + zero), within(1e-14));
    }
  }

  @Test
  void leavesThatTheTreeCannotHaveHaveNoPosterior() {
    RootPosterior posterior = new RootPosterior(new LatentTree(3, 1, 1));
    double[] sums = new double[2];
    for (int pattern = 0; pattern < 4; pattern++) {
      double p = posterior.of(new double[] {pattern & 1, pattern >>> 1}, 0);
      sums[Double.isNaN(p) ? 0 : 1] += Double.isNaN(p) ? 1 : p;
    }
    // two of the four patterns come from one root each
    assertThat(sums).containsExactly(2, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 0.8, 0.9})
  void theCeilingIsTheSpreadOfThePosterior(double least) {
    int rows = 20_000;
    for (long seed = 0; seed < 3; seed++) {
      LatentTree tree = new LatentTree(seed, 5, least);
      double[] leaves = new double[rows * 32];
      double[] hidden = new double[rows * 31];
      draw(tree, seed, rows, leaves, hidden);
      RootPosterior posterior = new RootPosterior(tree);
      double[] posteriors = new double[rows];
      for (int r = 0; r < rows; r++) {
        posteriors[r] = posterior.of(leaves, 32 * r);
      }
      double[] roots = Samples.column(hidden, 31, 0);
      double ceiling = posterior.ceiling(leaves, hidden);
      assertThat(ceiling).isCloseTo(Samples.correlation(roots, posteriors), within(1e-12));
      // E[root | posterior] = posterior, so that their covariance is the posterior's variance
      double spread = Math.sqrt(Samples.variance(posteriors) / Samples.variance(roots));
      assertThat(ceiling).isCloseTo(spread, within(0.01));
      assertThat(ceiling).isBetween(0.75, 1.0);
    }
  }

  @Test
  void noReadOutOfTheLeavesIsAboveTheCeiling() {
    int rows = 20_000;
    LatentTree tree = new LatentTree(1, 5, 0.8);
    double[] leaves = new double[rows * 32];
    double[] hidden = new double[rows * 31];
    draw(tree, 1, rows, leaves, hidden);
    double ceiling = new RootPosterior(tree).ceiling(leaves, hidden);
    double[] roots = Samples.column(hidden, 31, 0);
    double[] signedSum = new double[rows];
    for (int leaf = 0; leaf < 32; leaf++) {
      double[] one = Samples.column(leaves, 32, leaf);
      double correlation = Samples.correlation(roots, one);
      assertThat(Math.abs(correlation)).isLessThan(ceiling);
      for (int r = 0; r < rows; r++) {
        signedSum[r] += Math.signum(correlation) * one[r];
      }
    }
    assertThat(Samples.correlation(roots, signedSum)).isBetween(0.6, ceiling);
  }

  @Test
  void rowsOfLeavesAndStatesThatDoNotMatchAreRefused() {
    RootPosterior posterior = new RootPosterior(new LatentTree(0, 2, 0.5));
    assertThatThrownBy(() -> posterior.ceiling(new double[8], new double[5]))
        .hasMessage("rows of 4 leaves and 3 states, given 8 and 5 numbers");
  }

  private static void draw(LatentTree tree, long seed, int rows, double[] leaves, double[] hidden) {
    CounterStream stream = new CounterStream(seed, Purpose.VIEW0, 0);
    CounterStream roots = new CounterStream(seed, Purpose.LATENT, 0);
    int[] states = new int[63];
    for (int r = 0; r < rows; r++) {
      states[0] = roots.below(2, r);
      tree.descend(stream, r, states);
      for (int i = 0; i < 31; i++) {
        hidden[31 * r + i] = states[i];
      }
      for (int i = 0; i < 32; i++) {
        leaves[32 * r + i] = states[31 + i];
      }
    }
  }
}
