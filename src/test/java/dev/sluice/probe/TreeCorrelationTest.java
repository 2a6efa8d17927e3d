package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TreeCorrelationTest {

  @Test
  void eachNode_hasItsBestUnit() {
    double[] latents = {0, 1, 1, 1, 0, 0, 1, 0};
    double[] preactivations = {
      // two units of node 0, two of node 1
      5, 0, 3, 7,
      -5, 1, 3, 7,
      5, 0, -1, 7,
      -5, 4, -1, 7
    };

    double[] best = TreeCorrelation.best(latents, preactivations, 2, 2);

    assertThat(best[0]).isEqualTo(1);
    assertThat(best[1]).isEqualTo(1);
    double[] swapped =
        TreeCorrelation.best(new double[] {1, 1, 0, 0}, column(preactivations, 0), 1, 1);
    assertThat(swapped).containsExactly(0.0);
  }

  @Test
  void asWrittenOnPaper() {
    // unit 0, 1, 0, 4 against latent 0, 1, 0, 1: covariance 5/8, variances 1/4 and 43/16
    double[] best =
        TreeCorrelation.best(new double[] {0, 1, 0, 1}, new double[] {0, 1, 0, 4}, 1, 1);

    assertThat(best[0]).isCloseTo(0.625 / Math.sqrt(0.25 * 43 / 16), within(1e-15));
  }

  @Test
  void unitsThatHardlyVary_andDeadLatents_countAsZero() {
    double[] latents = {0, 1, 0, 1};
    double[] faint = {0, 1e-6, 0, 1e-6};
    double[] constant = {3, 3, 3, 3};

    assertThat(TreeCorrelation.best(latents, faint, 1, 1)).containsExactly(0.0);
    assertThat(TreeCorrelation.best(latents, constant, 1, 1)).containsExactly(0.0);
    assertThat(TreeCorrelation.best(constant, latents, 1, 1)).containsExactly(0.0);
  }

  @Test
  void tooFewSamples_andWhatIsNotANumber_show() {
    assertThat(TreeCorrelation.best(new double[] {1}, new double[] {2}, 1, 1))
        .containsOnly(Double.NaN);
    assertThat(TreeCorrelation.best(new double[0], new double[0], 1, 1)).containsOnly(Double.NaN);
    assertThat(TreeCorrelation.best(new double[] {0, 1}, new double[] {0, Double.NaN, 1, 2}, 1, 2))
        .containsOnly(Double.NaN);
  }

  @Test
  void theOrderOfTheSamples_saysNothing() {
    double[] latents = RandomRows.of(1, 20, 2);
    double[] preactivations = RandomRows.of(1, 20, 6);
    int[] order = new int[20];
    Arrays.setAll(order, p -> (3 * p + 1) % 20);

    assertThat(
            TreeCorrelation.best(
                RandomRows.permuted(latents, order),
                RandomRows.permuted(preactivations, order),
                2,
                3))
        .containsExactly(TreeCorrelation.best(latents, preactivations, 2, 3), within(1e-12));
  }

  private static double[] column(double[] values, int column) {
    double[] picked = new double[values.length / 4];
    Arrays.setAll(picked, p -> values[p * 4 + column]);
    return picked;
  }
}
