package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowingBlobsTest {
  private static final int ROWS = 20_000;

  private final GrowingBlobs blobs = new GrowingBlobs(3);

  @Test
  void subjectsAreUniformInTheirRanges() {
    double[] subjects = new double[ROWS * 5];
    blobs.draw(0, 0, ROWS, subjects);
    double[][] columns = {
      uniform(subjects, GrowingBlobs.FIRST_AGE, 0, 0.7),
      uniform(subjects, GrowingBlobs.CENTRE_X, 5, 10),
      uniform(subjects, GrowingBlobs.CENTRE_Y, 5, 10),
      uniform(subjects, GrowingBlobs.AMPLITUDE, 0.7, 1.3),
      new double[ROWS]
    };
    for (int r = 0; r < ROWS; r++) {
      columns[4][r] = (subjects[r * 5 + 4] - subjects[r * 5] - 0.1) / 0.2;
    }
    for (int a = 0; a < 5; a++) {
      assertThat(Samples.distanceFromUniform(columns[a])).isLessThan(1.95);
      for (int b = 0; b < a; b++) {
        assertThat(Samples.correlation(columns[a], columns[b]))
            .isCloseTo(0, within(4 / Math.sqrt(ROWS)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4, 1"})
  void imagesAreGaussiansAroundTheirCentres(int whichAge, int row) {
    double[] subjects = new double[3 * 5];
    blobs.draw(8, 0, 3, subjects);
    float[] images = new float[3 * 256];
    blobs.render(subjects, 3, whichAge, images);
    int at = row * 5;
    double radius = 1.2 + 2 * subjects[at + whichAge];
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        double squared = Math.pow(x - subjects[at + 1], 2) + Math.pow(y - subjects[at + 2], 2);
        double expected = subjects[at + 3] * Math.exp(-squared / (2 * radius * radius));
        assertThat((double) images[row * 256 + 16 * y + x]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void blobsGrow() {
    double[] subjects = new double[200 * 5];
    blobs.draw(1, 0, 200, subjects);
    float[] young = new float[200 * 256];
    float[] old = new float[200 * 256];
    blobs.render(subjects, 200, GrowingBlobs.FIRST_AGE, young);
    blobs.render(subjects, 200, GrowingBlobs.SECOND_AGE, old);
    for (int i = 0; i < young.length; i++) {
      assertThat(old[i]).isGreaterThanOrEqualTo(young[i]);
    }
  }

  private static double[] uniform(double[] subjects, int number, double low, double high) {
    double[] values = Samples.column(subjects, 5, number);
    for (int r = 0; r < values.length; r++) {
      values[r] = (values[r] - low) / (high - low);
    }
    return values;
  }
}
