package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseCodingTest {
  private static final int INPUTS = 48;
  private static final int FEATURES = 7;
  private static final int ROWS = 20_000;
  private static final double VARIANCE = 0.06;

  private final SparseCoding source =
      new SparseCoding(3, INPUTS, SparseCoding.equalProbabilities(FEATURES, 2), VARIANCE);

  @ParameterizedTest
  @CsvSource({"1,1", "5,5", "48,7", "512,32", "130,129"})
  void theDictionaryHasOrthonormalColumns(int inputs, int features) {
    Dictionary dictionary =
        new SparseCoding(1, inputs, SparseCoding.equalProbabilities(features, 1), 1).dictionary();
    for (int j = 0; j < features; j++) {
      for (int k = 0; k <= j; k++) {
        double dot = 0;
        for (int i = 0; i < inputs; i++) {
          dot += dictionary.entry(i, j) * dictionary.entry(i, k);
        }
        assertThat(dot).isCloseTo(j == k ? 1 : 0, within(2e-15 * Math.sqrt(inputs)));
      }
    }
  }

  @Test
  void aSampleIsTheDictionaryTimesItsLatentsPlusNoise() {
    float[] anchors = new float[ROWS * INPUTS];
    float[] signal = new float[ROWS * INPUTS];
    float[] latents = new float[ROWS * FEATURES];
    source.draw(5, 0, ROWS, anchors, signal, latents);
    double noise = 0;
    double noiseSquare = 0;
    double worst = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < INPUTS; i++) {
        double expected = 0;
        for (int j = 0; j < FEATURES; j++) {
          expected += source.dictionary().entry(i, j) * latents[r * FEATURES + j];
        }
        worst = Math.max(worst, Math.abs(signal[r * INPUTS + i] - expected));
        double difference = anchors[r * INPUTS + i] - expected;
        noise += difference;
        noiseSquare += difference * difference;
      }
    }
    assertThat(worst).isLessThan(1e-6);
    int n = ROWS * INPUTS;
    assertThat(noise / n).isCloseTo(0, within(4 * Math.sqrt(VARIANCE / n)));
    assertThat(noiseSquare / n).isCloseTo(VARIANCE, within(4 * VARIANCE * Math.sqrt(2.0 / n)));
  }

  @Test
  void latentsAreSymmetricIndependentAndAsFrequentAsAsked() {
    double[] probabilities = {0, 0.05, 0.3, 0.5, 0.9, 1};
    SparseCoding unequal = new SparseCoding(9, 6, probabilities, 0);
    float[] latents = new float[ROWS * 6];
    unequal.draw(0, 0, ROWS, new float[ROWS * 6], null, latents);
    double[] sum = new double[6];
    double[][] products = new double[6][6];
    for (int r = 0; r < ROWS; r++) {
      for (int j = 0; j < 6; j++) {
        float z = latents[r * 6 + j];
        assertThat(z == -1 || z == 0 || z == 1).isTrue();
        sum[j] += z / ROWS;
        for (int k = 0; k < 6; k++) {
          products[j][k] += z * latents[r * 6 + k] / ROWS;
        }
      }
    }
    double error = 4 / Math.sqrt(ROWS);
    for (int j = 0; j < 6; j++) {
      assertThat(sum[j]).isCloseTo(0, within(error));
      for (int k = 0; k < 6; k++) {
        assertThat(products[j][k]).isCloseTo(j == k ? probabilities[j] : 0, within(error));
      }
    }
    assertThat(products[0][0]).isZero();
    assertThat(products[5][5]).isCloseTo(1, within(1e-6));
  }

  @Test
  void secondMomentsOfSamplesAreThoseOfTheModel() {
    float[] x = new float[ROWS * INPUTS];
    source.draw(8, 0, ROWS, x, null, null);
    for (int a = 0; a < INPUTS; a += 5) {
      for (int b = 0; b <= a; b += 5) {
        double moment = 0;
        for (int r = 0; r < ROWS; r++) {
          moment += (double) x[r * INPUTS + a] * x[r * INPUTS + b] / ROWS;
        }
        double expected = a == b ? VARIANCE : 0;
        for (int j = 0; j < FEATURES; j++) {
          Dictionary m = source.dictionary();
          expected += 2.0 / FEATURES * m.entry(a, j) * m.entry(b, j);
        }
        assertThat(moment).isCloseTo(expected, within(0.006));
      }
    }
  }

  @Test
  void rowsAreTheSameHoweverTheyAreDrawn() {
    float[] whole = new float[40 * INPUTS];
    source.draw(12, 0, 40, whole, null, null);
    float[] withTruth = new float[40 * INPUTS];
    source.draw(12, 0, 40, withTruth, new float[40 * INPUTS], new float[40 * FEATURES]);
    assertThat(withTruth).isEqualTo(whole);
    for (int row : new int[] {39, 0, 17}) {
      float[] one = new float[INPUTS];
      source.draw(12, row, 1, one, null, null);
      assertThat(one)
          .isEqualTo(java.util.Arrays.copyOfRange(whole, row * INPUTS, (row + 1) * INPUTS));
    }
  }

  @Test
  void stepsSeedsAndNegativesAreDrawnApart() {
    float[] x = draw(source, 0);
    assertThat(draw(source, 1)).isNotEqualTo(x);
    assertThat(draw(source, AnchorSource.EVALUATION)).isNotEqualTo(x);
    assertThat(draw(source.negatives(), 0)).isNotEqualTo(x);
    assertThat(source.negatives().dictionary()).isSameAs(source.dictionary());
    double[] probabilities = SparseCoding.equalProbabilities(FEATURES, 2);
    assertThat(draw(new SparseCoding(4, INPUTS, probabilities, VARIANCE), 0)).isNotEqualTo(x);
    assertThat(draw(new SparseCoding(3, INPUTS, probabilities, VARIANCE), 0)).isEqualTo(x);
  }

  @Test
  void unequalProbabilitiesFallLikeOneOverTheIndex() {
    double[] p = SparseCoding.unequalProbabilities(32, 2);
    double sum = 0;
    for (int j = 0; j < 32; j++) {
      assertThat(p[j] * (j + 1)).isCloseTo(p[0], within(1e-12));
      sum += p[j];
    }
    assertThat(sum).isCloseTo(2, within(1e-12));
  }

  @Test
  void unequalProbabilitiesStayBelowTheirCapAndKeepTheSum() {
    double[] p = SparseCoding.unequalProbabilities(8, 5);
    double sum = 0;
    for (int j = 0; j < 8; j++) {
      assertThat(p[j]).isLessThanOrEqualTo(0.9);
      assertThat(j == 0 || p[j] <= p[j - 1]).isTrue();
      sum += p[j];
    }
    assertThat(p[0]).isEqualTo(0.9);
    assertThat(sum).isCloseTo(5, within(1e-12));
    assertThat(SparseCoding.unequalProbabilities(3, 2.7))
        .containsExactly(new double[] {0.9, 0.9, 0.9}, within(1e-12));
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new SparseCoding(0, 3, new double[4], 1))
        .hasMessage("a dictionary needs 1 <= features <= inputs, given features 4, inputs 3");
    assertThatThrownBy(() -> new SparseCoding(0, 3, new double[] {0.5, 1.5}, 1))
        .hasMessage("probability of latent 1 must be in [0, 1]: 1.5");
    assertThatThrownBy(() -> new SparseCoding(0, 3, new double[] {0.5}, -1))
        .hasMessage("noise variance must be at least 0: -1.0");
    assertThatThrownBy(() -> SparseCoding.equalProbabilities(4, 5))
        .hasMessage("expected active latents must be in [0, 4]: 5.0");
    assertThatThrownBy(() -> SparseCoding.unequalProbabilities(4, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] draw(AnchorSource source, long step) {
    float[] x = new float[8 * source.inputs()];
    source.draw(step, 0, 8, x, null, null);
    return x;
  }
}
