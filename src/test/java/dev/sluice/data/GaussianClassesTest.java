package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.SymmetricEigen;
import org.junit.jupiter.api.Test;

class GaussianClassesTest {
  private static final int ROWS = 40_000;
  private static final int WIDTH = 30;
  private static final double NORM = 1.6 * Math.sqrt(10) / 2;

  private final GaussianClasses source = new GaussianClasses(3, NORM, 2, 0.3);

  @Test
  void classesHaveMeansOfTheNormAndTheVariancesOfTheModel() {
    int[] classes = new int[ROWS];
    source.labels(AnchorSource.EVALUATION, 0, ROWS, classes);
    float[] x = new float[ROWS * WIDTH];
    source.draw(AnchorSource.EVALUATION, 0, ROWS, x, null, null);
    double[][] means = new double[8][WIDTH];
    double[] counts = new double[8];
    for (int r = 0; r < ROWS; r++) {
      counts[classes[r]]++;
      for (int i = 0; i < WIDTH; i++) {
        means[classes[r]][i] += x[r * WIDTH + i];
      }
    }
    double chiSquare = 0;
    for (int c = 0; c < 8; c++) {
      chiSquare += Math.pow(counts[c] - ROWS / 8.0, 2) / (ROWS / 8.0);
      double square = 0;
      for (int i = 0; i < WIDTH; i++) {
        means[c][i] /= counts[c];
        square += means[c][i] * means[c][i];
      }
      // the estimate of a mean has a variance of (10 + 20 x 4) / count in all
      assertThat(square - 90 / counts[c]).isCloseTo(NORM * NORM, within(0.4));
    }
    // 7 degrees of freedom: one in a thousand lies above 24.3
    assertThat(chiSquare).isLessThan(24.3);
    double[] within = new double[WIDTH * WIDTH];
    for (int r = 0; r < ROWS; r++) {
      double[] mean = means[classes[r]];
      for (int a = 0; a < WIDTH; a++) {
        for (int b = 0; b <= a; b++) {
          double product = (x[r * WIDTH + a] - mean[a]) * (x[r * WIDTH + b] - mean[b]);
          within[a * WIDTH + b] += product / ROWS;
        }
      }
    }
    double[] values = SymmetricEigen.values(within, WIDTH);
    for (int k = 0; k < WIDTH; k++) {
      // eigenvalues of a covariance estimated on n rows spread by about 2 sqrt(dimensions / n)
      double expected = k < 20 ? 4 : 1;
      assertThat(values[k]).isCloseTo(expected, within(0.06 * expected));
    }
  }

  @Test
  void meansLieInTheDirectionsOfTheSignal() {
    GaussianClasses quiet = new GaussianClasses(3, 1e4, 0, 0);
    float[] x = new float[2000 * WIDTH];
    quiet.draw(0, 0, 2000, x, null, null);
    double[] moments = new double[WIDTH * WIDTH];
    for (int r = 0; r < 2000; r++) {
      for (int a = 0; a < WIDTH; a++) {
        for (int b = 0; b <= a; b++) {
          moments[a * WIDTH + b] += (double) x[r * WIDTH + a] * x[r * WIDTH + b] / 2000;
        }
      }
    }
    double[] values = SymmetricEigen.values(moments, WIDTH);
    // eight means, two more dimensions of signal, and nothing else but rounding
    assertThat(values[7]).isGreaterThan(1e5);
    assertThat(values[9]).isBetween(0.9, 1.1);
    assertThat(Math.abs(values[10])).isLessThan(1e-3);
  }

  @Test
  void labelsOfTrainingAreWrongAsOftenAsAskedAndAllOthersAreAsLikely() {
    GaussianClasses clean = new GaussianClasses(3, NORM, 2, 0);
    int[] given = new int[ROWS];
    int[] right = new int[ROWS];
    source.labels(12, 0, ROWS, given);
    clean.labels(12, 0, ROWS, right);
    double wrong = 0;
    double[] shifts = new double[8];
    for (int r = 0; r < ROWS; r++) {
      assertThat(given[r]).isBetween(0, 7);
      wrong += given[r] == right[r] ? 0 : 1;
      shifts[Math.floorMod(given[r] - right[r], 8)]++;
    }
    assertThat(wrong / ROWS).isCloseTo(0.3, within(4 * Math.sqrt(0.21 / ROWS)));
    for (int k = 1; k < 8; k++) {
      assertThat(shifts[k] / wrong).isCloseTo(1 / 7.0, within(4 * Math.sqrt(0.123 / wrong)));
    }
  }

  @Test
  void labelsOfEvaluationsAreRightAndNoiseLeavesTheSamplesAlone() {
    GaussianClasses clean = new GaussianClasses(3, NORM, 2, 0);
    for (long step :
        new long[] {
          AnchorSource.EVALUATION, AnchorSource.PROBE_TRAINING, AnchorSource.PROBE_TEST
        }) {
      int[] given = new int[500];
      int[] right = new int[500];
      source.labels(step, 0, 500, given);
      clean.labels(step, 0, 500, right);
      assertThat(given).isEqualTo(right);
    }
    float[] x = new float[50 * WIDTH];
    float[] same = new float[50 * WIDTH];
    source.draw(7, 0, 50, x, null, null);
    clean.draw(7, 0, 50, same, null, null);
    assertThat(x).isEqualTo(same);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThat(source.dictionary()).isNull();
    assertThatThrownBy(() -> new GaussianClasses(0, -1, 1, 0))
        .hasMessage("norm of a class mean must be at least 0: -1.0");
    assertThatThrownBy(() -> new GaussianClasses(0, 1, Double.NaN, 0))
        .hasMessage("standard deviation of the nuisance must be at least 0: NaN");
    assertThatThrownBy(() -> new GaussianClasses(0, 1, 1, 1.1))
        .hasMessage("share of wrong labels must be in [0, 1]: 1.1");
    assertThatThrownBy(() -> source.draw(0, 0, 1, new float[30], null, new float[30]))
        .hasMessage("classes have no known dictionary");
  }
}
