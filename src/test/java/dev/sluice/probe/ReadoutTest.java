package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.vectors.CompanionVector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What read-outs of several kinds find in a representation. */
class ReadoutTest {
  private final CompanionVector vector = CompanionVector.named("metric_identifiability");

  @Test
  void identifiability_isThatOfTheVector() {
    double[] latents = vector.values("latents");
    double[] features = vector.values("features");
    int n = vector.length("latents");

    // the vector's R2 is of the samples that were fitted
    double r2 = vector.number("expected/r2_linear");
    double mcc = vector.number("expected/mcc");
    assertThat(LinearReadout.meanR2(features, latents, 3, 3)).isCloseTo(r2, within(1e-9 * r2));
    assertThat(Identifiability.meanCorrelation(latents, 3, features, 3, n))
        .isCloseTo(mcc, within(1e-9 * mcc));
    assertThat(vector.at("expected")).hasSize(2);
  }

  @Test
  void identifiability_ofFloats_isTheSame() {
    double[] latents = vector.values("latents");
    double[] features = vector.values("features");
    double[] rounded = new double[features.length];
    Arrays.setAll(rounded, i -> (float) features[i]);

    assertThat(LinearReadout.meanR2(rounded, latents, 3, 3))
        .isCloseTo(vector.number("expected/r2_linear"), within(2e-5));
    assertThat(Identifiability.meanCorrelation(latents, 3, rounded, 3, vector.length("latents")))
        .isCloseTo(vector.number("expected/mcc"), within(2e-5));
  }

  @Test
  void heldOut_fitsOnTheFirstHalf_andScoresOnTheRest() {
    // fitted to y = 2 h + 1, scored on 5, 7, 12 against 5, 7, 9
    double[] h = {0, 1, 2, 3, 4};
    double[] y = {1, 3, 5, 7, 12};

    double residual = 9;
    double total = 9 + 1 + 16;
    assertThat(LinearReadout.heldOutR2(h, y, 1, 1)).isCloseTo(1 - residual / total, within(1e-12));
  }

  @Test
  void heldOut_aMapOfAnotherHalf_isWorseThanTheMean() {
    assertThat(LinearReadout.heldOutR2(new double[] {0, 1, 0, 1}, new double[] {0, 1, 1, 0}, 1, 1))
        .isCloseTo(-3, within(1e-12));
  }

  @Test
  void whatCannotBeExplained_isNotANumber() {
    double[] h = RandomRows.of(1, 8, 2);
    double[] targets = RandomRows.of(1, 8, 3);
    for (int p = 0; p < 8; p++) {
      targets[p * 3 + 1] = 0.1;
    }

    double[] r2 = LinearReadout.r2(h, targets, h, targets, 2, 3);

    assertThat(r2[0]).isBetween(0.0, 1.0);
    assertThat(r2[1]).isNaN();
    assertThat(r2[2]).isBetween(0.0, 1.0);
    assertThat(LinearReadout.meanR2(new double[0], new double[0], 2, 3)).isNaN();
    assertThat(LinearReadout.heldOutR2(new double[2], new double[] {1}, 2, 1)).isNaN();
    h[3] = Double.NaN;
    assertThat(LinearReadout.r2(h, targets, h, targets, 2, 3)).containsOnly(Double.NaN);
  }

  @Test
  void aRepresentationThatDoesNotVary_explainsNothing() {
    double[] constant = new double[12];
    Arrays.fill(constant, 0.3);
    double[] targets = RandomRows.of(2, 6, 1);

    assertThat(LinearReadout.meanR2(constant, targets, 2, 1)).isCloseTo(0, within(1e-12));
  }

  @Test
  void accuracy_ofLabelsThatAreLinear_isOne() {
    double[] h = RandomRows.of(3, 60, 4);
    int[] labels = new int[60];
    for (int p = 0; p < 60; p++) {
      labels[p] = p % 3 == 0 ? -5 : p % 3 == 1 ? 2 : 40;
      h[p * 4 + p % 3] += 20;
    }

    assertThat(LinearReadout.heldOutAccuracy(h, labels, 4)).isEqualTo(1);
    int[] unseen = labels.clone();
    Arrays.fill(unseen, 30, 45, 99);
    assertThat(LinearReadout.heldOutAccuracy(h, unseen, 4)).isEqualTo(0.5);
  }

  @Test
  void accuracy_ofARepresentationThatDoesNotVary_isThatOfTheMostFrequentLabel() {
    int[] labels = {1, 7, 7, 7, 1, 1};
    double[] constant = new double[6];

    assertThat(LinearReadout.accuracy(constant, labels, constant, new int[] {7, 7, 1, 1, 1, 1}, 1))
        .as("a tie, so the smaller label")
        .isCloseTo(4.0 / 6, within(1e-12));
    labels[0] = 7;
    assertThat(LinearReadout.accuracy(constant, labels, constant, new int[] {7, 7, 1, 1, 1, 1}, 1))
        .isCloseTo(2.0 / 6, within(1e-12));
  }

  @Test
  void accuracy_withoutTwoLabelsOrSamples_isNotANumber() {
    double[] h = {1, 2, 3, 4};

    assertThat(LinearReadout.heldOutAccuracy(h, new int[] {1, 1, 0, 1}, 1)).isNaN();
    assertThat(LinearReadout.accuracy(h, new int[] {0, 1, 0, 1}, new double[0], new int[0], 1))
        .isNaN();
    assertThat(LinearReadout.heldOutAccuracy(new double[0], new int[0], 1)).isNaN();
    double[] broken = {1, Double.NaN, 3, 4};
    assertThat(LinearReadout.accuracy(broken, new int[] {0, 1, 0, 1}, h, new int[4], 1)).isNaN();
    assertThat(LinearReadout.accuracy(h, new int[] {0, 1, 0, 1}, broken, new int[4], 1)).isNaN();
  }

  @Test
  void meanCorrelation_isOneForPermutedScaledLatents() {
    double[] latents = RandomRows.of(4, 30, 3);
    double[] features = new double[90];
    for (int p = 0; p < 30; p++) {
      features[p * 3] = -4 * latents[p * 3 + 2];
      features[p * 3 + 1] = latents[p * 3] + 9;
      features[p * 3 + 2] = 0.1 * latents[p * 3 + 1];
    }

    assertThat(Identifiability.meanCorrelation(latents, 3, features, 3, 30))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void meanCorrelation_ofTooFewFeatures_countsTheLatentsLeftOver() {
    double[] latents = RandomRows.of(5, 30, 2);
    double[] first = new double[30];
    Arrays.setAll(first, p -> latents[2 * p]);

    assertThat(Identifiability.meanCorrelation(latents, 2, first, 1, 30))
        .isCloseTo(0.5, within(1e-12));
    assertThat(Identifiability.meanCorrelation(first, 1, latents, 2, 30))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void meanCorrelation_ofDeadOrBrokenFeatures() {
    double[] latents = RandomRows.of(6, 10, 2);
    double[] broken = latents.clone();
    broken[5] = Double.NaN;

    assertThat(Identifiability.meanCorrelation(latents, 2, new double[20], 2, 10)).isZero();
    assertThat(Identifiability.meanCorrelation(latents, 2, broken, 2, 10)).isNaN();
    assertThat(Identifiability.meanCorrelation(new double[2], 2, new double[2], 2, 1)).isNaN();
  }
}
