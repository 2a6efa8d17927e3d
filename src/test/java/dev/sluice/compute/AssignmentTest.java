package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Property(tries = 200, seed = "1")
  void noPermutationScoresMore(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
    double[] scores = random(n * n, seed);

    int[] columns = Assignment.best(scores, n);

    assertPermutation(columns);
    assertThat(sum(scores, columns))
        .isCloseTo(bestOfAll(scores, n, new int[n], 0, 0), within(1e-12));
  }

  @Property(tries = 100, seed = "1")
  void manyEqualScores_areNoTrouble(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
    double[] scores = random(n * n, seed);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.signum(scores[i]);
    }

    int[] columns = Assignment.best(scores, n);

    assertPermutation(columns);
    assertThat(sum(scores, columns)).isEqualTo(bestOfAll(scores, n, new int[n], 0, 0));
  }

  @Property(tries = 40, seed = "1")
  void aHiddenPermutation_isFound(@ForAll long seed) {
    int n = 16;
    double[] scores = random(n * n, seed);
    int[] hidden = new int[n];
    Arrays.setAll(hidden, i -> (5 * i + 3) % n);
    for (int i = 0; i < n; i++) {
      scores[i * n + hidden[i]] += 100;
    }

    assertThat(Assignment.best(scores, n)).isEqualTo(hidden);
  }

  @Test
  void ofNothing_isNothing() {
    assertThat(Assignment.best(new double[0], 0)).isEmpty();
  }

  @Test
  void theGreedyChoice_isNotTheBest() {
    assertThat(Assignment.best(new double[] {10, 9, 9, 1}, 2)).containsExactly(1, 0);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Assignment.best(new double[3], 2))
        .withMessageContaining("2 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Assignment.best(new double[] {Double.NaN}, 1))
        .withMessageContaining("NaN");
  }

  private static void assertPermutation(int[] columns) {
    int[] sorted = columns.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      assertThat(sorted[i]).isEqualTo(i);
    }
  }

  private static double sum(double[] scores, int[] columns) {
    double sum = 0;
    for (int i = 0; i < columns.length; i++) {
      sum += scores[i * columns.length + columns[i]];
    }
    return sum;
  }

  /** The best over every way to go on from the rows assigned so far. */
  private static double bestOfAll(double[] scores, int n, int[] chosen, int row, int taken) {
    if (row == n) {
      return sum(scores, chosen);
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int column = 0; column < n; column++) {
      if ((taken >> column & 1) == 0) {
        chosen[row] = column;
        best = Math.max(best, bestOfAll(scores, n, chosen, row + 1, taken | 1 << column));
      }
    }
    return best;
  }

  private static double[] random(int length, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.NOISE, 0);
    double[] values = new double[length];
    Arrays.setAll(values, stream::gaussian);
    return values;
  }
}
