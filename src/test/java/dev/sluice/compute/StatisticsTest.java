package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 64})
  void dot_isTheSum(int length) {
    double[] a = random(length, 1);
    double[] b = random(length, 2);
    double expected = 0;
    for (int i = 0; i < length; i++) {
      expected += a[i] * b[i];
    }

    assertThat(Statistics.dot(a, b)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void centreColumns_leavesMeansOfZero_andTouchesNothingBehind() {
    double[] values = {1, 10, 2, 20, 6, 60, 99, 99};

    Statistics.centreColumns(values, 3, 2);

    assertThat(values)
        .containsExactly(new double[] {-2, -20, -1, -10, 3, 30, 99, 99}, within(1e-12));
  }

  @Test
  void centreColumns_makesAConstantColumnExactlyZero() {
    double[] values = new double[30];
    Arrays.fill(values, 0.1);

    Statistics.centreColumns(values, 10, 3);

    assertThat(values).isEqualTo(new double[30]);
  }

  @ParameterizedTest
  @CsvSource({"2,1", "7,3", "33,13"})
  void pooledCorrelation_asWrittenOnPaper(int rows, int columns) {
    double[] p = random(rows * columns, 3);
    double[] q = random(rows * columns, 4);
    double covariance = 0;
    double variance0 = 0;
    double variance1 = 0;
    for (int c = 0; c < columns; c++) {
      double mean0 = 0;
      double mean1 = 0;
      for (int row = 0; row < rows; row++) {
        mean0 += p[row * columns + c] / rows;
        mean1 += q[row * columns + c] / rows;
      }
      for (int row = 0; row < rows; row++) {
        double x = p[row * columns + c] - mean0;
        double y = q[row * columns + c] - mean1;
        covariance += x * y;
        variance0 += x * x;
        variance1 += y * y;
      }
    }

    assertThat(Statistics.pooledCorrelation(p, q, rows, columns))
        .isCloseTo(covariance / Math.sqrt(variance0 * variance1), within(1e-12));
  }

  @Test
  void pooledCorrelation_ofASignalWithItself_isExactlyOne() {
    double[] p = random(77, 5);
    double[] opposite = new double[77];
    for (int i = 0; i < opposite.length; i++) {
      opposite[i] = -p[i];
    }

    assertThat(Statistics.pooledCorrelation(p, p, 11, 7)).isEqualTo(1);
    assertThat(Statistics.pooledCorrelation(p, opposite, 11, 7)).isEqualTo(-1);
  }

  @Test
  void correlation_ofWhatDoesNotVary_isZero_andOfTheTinyIsNot() {
    assertThat(Statistics.correlation(0, 0, 1)).isZero();
    assertThat(Statistics.correlation(1e-200, 1e-200, 1e-200)).isCloseTo(1, within(1e-12));
    assertThat(Statistics.correlation(5e200, 1e201, 1e201)).isCloseTo(0.5, within(1e-12));
    assertThat(Statistics.correlation(Double.NaN, 1, 1)).isNaN();
  }

  @Test
  void cosine_ofAZeroRow_isZero() {
    assertThat(Statistics.cosine(new double[] {0, 0, 3, 4}, 0, new double[] {3, 4}, 0, 2)).isZero();
    assertThat(Statistics.cosine(new double[] {0, 0, 3, 4}, 2, new double[] {3, 4}, 0, 2))
        .isEqualTo(1);
  }

  @Test
  void unitRows_haveNormOneOrStayZero() {
    assertThat(Statistics.unitRows(new double[] {3, 4, 0, 0}, 2, 2))
        .containsExactly(new double[] {0.6, 0.8, 0, 0}, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,3", "3,7", "9,9"})
  void grams_areTheProductsWithTheTranspose(int rows, int columns) {
    double[] f = random(rows * columns, 6);
    f[0] = 0;
    double[] ofColumns = new double[columns * columns];
    double[] ofRows = new double[rows * rows];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        for (int row = 0; row < rows; row++) {
          ofColumns[i * columns + j] += f[row * columns + i] * f[row * columns + j];
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        for (int c = 0; c < columns; c++) {
          ofRows[i * rows + j] += f[i * columns + c] * f[j * columns + c];
        }
      }
    }

    assertThat(Statistics.gramOfColumns(f, rows, columns))
        .containsExactly(ofColumns, within(1e-12));
    assertThat(Statistics.gramOfRows(f, rows, columns)).containsExactly(ofRows, within(1e-12));
  }

  @Test
  void effectiveRank_countsWhatIsEqual() {
    assertThat(Statistics.effectiveRank(new double[] {2, 2, 2, 0})).isCloseTo(3, within(1e-12));
    assertThat(Statistics.effectiveRank(new double[] {7})).isEqualTo(1);
    assertThat(Statistics.effectiveRank(new double[] {0, 0})).isZero();
    assertThat(Statistics.effectiveRank(new double[] {1, Double.NaN})).isNaN();
  }

  @Test
  void quantiles_interpolateLinearly() {
    double[] values = {1, 2, 4, 8};

    assertThat(Statistics.quantile(values, 0)).isEqualTo(1);
    assertThat(Statistics.quantile(values, 0.5)).isEqualTo(3);
    assertThat(Statistics.quantile(values, 0.75)).isEqualTo(5);
    assertThat(Statistics.quantile(values, 1)).isEqualTo(8);
    assertThat(Statistics.median(new double[] {9, 1, 5})).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.quantile(new double[0], 0.5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 101, 512})
  void quantileOf_isTheQuantileOfTheSorted(int length) {
    double[] values = random(length, length);
    for (int i = 0; i < length; i += 3) {
      values[i] = 1; // equals must not confuse the selection
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);

    for (double share : new double[] {0, 0.05, 0.5, 0.95, 1}) {
      assertThat(Statistics.quantileOf(values.clone(), share))
          .isEqualTo(Statistics.quantile(sorted, share));
    }
  }

  private static double[] random(int length, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.NOISE, 0);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = stream.gaussian(i);
    }
    return values;
  }
}
