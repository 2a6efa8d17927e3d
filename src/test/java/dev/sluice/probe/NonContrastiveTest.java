package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.vectors.CompanionVector;
import org.junit.jupiter.api.Test;

class NonContrastiveTest {
  private static final double TOLERANCE = 1e-12;

  private final CompanionVector theory = CompanionVector.named("theory_noncontrastive");
  private final double noise = theory.number("sigma2");
  private final double rate = theory.number("lr");
  private final double decay = theory.number("eta");

  @Test
  void theory_isThatOfTheVector() {
    assertThat(NonContrastiveTheory.normDecay(rate, noise, true, 0))
        .isCloseTo(theory.number("decay_per_step_nopred_stopgrad"), within(TOLERANCE));
    assertThat(NonContrastiveTheory.normDecay(rate, noise, false, 0))
        .isCloseTo(theory.number("decay_per_step_nopred_nostopgrad"), within(TOLERANCE));
    // decay shrinks the weights by itself, beside the noise
    assertThat(NonContrastiveTheory.normDecay(rate, noise, true, decay))
        .isCloseTo(1 - rate * (noise + decay), within(TOLERANCE));
    assertThat(NonContrastiveTheory.fixedPoint(0, noise, 1))
        .isCloseTo(theory.number("p_plus_eta0"), within(TOLERANCE));
    double rest = NonContrastiveTheory.fixedPoint(decay, noise, 1);
    assertThat(rest).isCloseTo(theory.number("p_plus_eta"), within(TOLERANCE));
    assertThat(NonContrastiveTheory.momentEigenvalue(noise, rest))
        .isCloseTo(theory.number("F_view_eig_eta"), within(TOLERANCE));
    assertThat(NonContrastiveTheory.collapseThreshold(noise))
        .isCloseTo(theory.number("eta_collapse_threshold"), within(TOLERANCE));
  }

  @Test
  void theory_isWhatWasMeasured() {
    double rest = NonContrastiveTheory.fixedPoint(decay, noise, 1);

    assertThat(rest).isCloseTo(theory.number("measured/mean_eig_Wp_eta"), within(5e-4));
    assertThat(NonContrastiveTheory.momentEigenvalue(noise, rest))
        .isCloseTo(theory.number("measured/mean_eig_F_eta"), within(2e-3));
    assertThat(Math.pow(NonContrastiveTheory.normDecay(rate, noise, true, 0), 100))
        .isCloseTo(theory.number("measured/norm_ratio_step0_to_100_nopred_stopgrad"), within(1e-3));
    assertThat(Math.pow(NonContrastiveTheory.normDecay(rate, noise, false, 0), 100))
        .isCloseTo(
            theory.number("measured/norm_ratio_step0_to_100_nopred_nostopgrad"), within(1e-3));
  }

  @Test
  void gradientDescent_comesToRestAtTheFixedPoint_andCollapsesAboveTheThreshold() {
    double[] rest = descend(decay, 0.3, 1);
    double[] collapsed = descend(1.05 * NonContrastiveTheory.collapseThreshold(noise), 0.3, 1);

    double expected = NonContrastiveTheory.fixedPoint(decay, noise, 1);
    assertThat(rest[0]).isCloseTo(expected, within(1e-9));
    assertThat((1 + noise) * rest[1] * rest[1])
        .isCloseTo(NonContrastiveTheory.momentEigenvalue(noise, expected), within(1e-9));
    assertThat(collapsed[0]).isLessThan(1e-9);
    assertThat(collapsed[1]).isLessThan(1e-9);
  }

  @Test
  void aboveTheThreshold_thereIsNoFixedPoint() {
    double threshold = NonContrastiveTheory.collapseThreshold(noise);

    assertThat(NonContrastiveTheory.fixedPoint(threshold, noise, 1))
        .isCloseTo(1 / (2 * (1 + noise)), within(1e-6));
    assertThat(NonContrastiveTheory.fixedPoint(1.001 * threshold, noise, 1)).isNaN();
  }

  /** p and w of one dimension, by the exact gradient of the mean loss with the target held. */
  private double[] descend(double eta, double p, double w) {
    for (int step = 0; step < 20_000; step++) {
      double predictor = (1 + noise) * p * w * w - w * w + eta * p;
      double encoder = (1 + noise) * p * p * w - p * w + eta * w;
      p -= rate * predictor;
      w -= rate * encoder;
    }
    return new double[] {p, w};
  }

  @Test
  void commutator_isZeroForACommonBasis_andKnownForShears() {
    double[] moments = {2, 1, 1, 2};
    double[] common = {5, -3, -3, 5};

    assertThat(NonContrastive.commutator(common, moments, 2)).isCloseTo(0, within(1e-15));
    // diag(1, 0) and a swap: [[0, 1], [-1, 0]] of norm root 2 over 1 x root 2
    assertThat(NonContrastive.commutator(new double[] {1, 0, 0, 0}, new double[] {0, 1, 1, 0}, 2))
        .isCloseTo(1, within(1e-15));
  }

  @Test
  void eigenvectorCosine_isOneForACommonBasis_andTheAngleOtherwise() {
    double[] moments = {2, 0, 0, 1};

    assertThat(NonContrastive.eigenvectorCosine(new double[] {-7, 0, 0, 3}, moments, 2))
        .isCloseTo(1, within(1e-15));
    // (1, 0) goes to (1, 1), (0, 1) to itself
    assertThat(NonContrastive.eigenvectorCosine(new double[] {1, 0, 1, 1}, moments, 2))
        .isCloseTo((Math.sqrt(0.5) + 1) / 2, within(1e-15));
    assertThat(NonContrastive.eigenvectorCosine(new double[] {0, 0, 0, 1}, moments, 2))
        .isCloseTo(0.5, within(1e-15));
  }

  @Test
  void symmetricEigenvalues_areOfTheSymmetricPart() {
    assertThat(NonContrastive.symmetricEigenvalues(new double[] {2, 3, -1, 2}, 2))
        .containsExactly(new double[] {3, 1}, within(1e-14));
  }

  @Test
  void withoutAPredictorOrEmbeddings_nothingIsShared() {
    double[] zero = new double[4];
    double[] one = {1, 0, 0, 1};

    assertThat(NonContrastive.commutator(zero, one, 2)).isNaN();
    assertThat(NonContrastive.commutator(one, zero, 2)).isNaN();
    assertThat(NonContrastive.eigenvectorCosine(one, zero, 2)).isNaN();
    assertThat(NonContrastive.eigenvectorCosine(zero, one, 2)).isZero();
    assertThat(NonContrastive.secondMoments(new double[0], 0, 2)).containsOnly(Double.NaN);
    double[] broken = {1, Double.NaN, 0, 1};
    assertThat(NonContrastive.commutator(broken, one, 2)).isNaN();
    assertThat(NonContrastive.eigenvectorCosine(broken, one, 2)).isNaN();
    assertThat(NonContrastive.symmetricEigenvalues(broken, 2)).containsOnly(Double.NaN);
  }
}
