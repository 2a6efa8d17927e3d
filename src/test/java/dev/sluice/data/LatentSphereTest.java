package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatentSphereTest {
  private static final int ROWS = 40_000;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 10})
  void latentsAreUniformOnTheSphere(int n) {
    double[] z = new double[ROWS * n];
    new LatentSphere(3, n, 10).draw(0, 0, ROWS, z, new double[ROWS * n]);
    for (int r = 0; r < ROWS; r++) {
      assertThat(dot(z, z, n, r)).isCloseTo(1, within(1e-14));
    }
    for (int a = 0; a < n; a++) {
      double[] column = Samples.column(z, n, a);
      assertThat(Samples.mean(column)).isCloseTo(0, within(4 / Math.sqrt((double) n * ROWS)));
      for (int b = 0; b <= a; b++) {
        double covariance = Samples.covariance(column, Samples.column(z, n, b));
        double spread = (a == b ? 2.0 * (n - 1) / n : 1.0) / (n * (n + 2.0));
        assertThat(covariance)
            .isCloseTo(a == b ? 1.0 / n : 0, within(4 * Math.sqrt(spread / ROWS)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "2, 50", "3, 0.5", "3, 10", "4, 0", "4, 1", "4, 10", "4, 1000", "16, 10"})
  void theCosineHasTheMomentsOfTheLaw(int n, double kappa) {
    double[] cosines = cosines(n, kappa);
    double[] squares = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      squares[r] = cosines[r] * cosines[r];
    }
    double length = meanResultantLength(n, kappa);
    // E[w^2] = 1 - (n - 1) A / kappa, and 1/n in the limit of kappa = 0
    double second = kappa == 0 ? 1.0 / n : 1 - (n - 1) * length / kappa;
    assertThat(Samples.mean(cosines))
        .isCloseTo(length, within(4 * Math.sqrt(Samples.variance(cosines) / ROWS)));
    assertThat(Samples.mean(squares))
        .isCloseTo(second, within(4 * Math.sqrt(Samples.variance(squares) / ROWS)));
  }

  @Test
  void onTheOrdinarySphereTheCosineHasAKnownDistribution() {
    double kappa = 10;
    double[] uniform = cosines(3, kappa);
    for (int r = 0; r < ROWS; r++) {
      uniform[r] = Math.expm1(kappa * (uniform[r] + 1)) / Math.expm1(2 * kappa);
    }
    assertThat(Samples.distanceFromUniform(uniform)).isLessThan(1.95);
  }

  @Test
  void whatIsNotAlongTheLatentHasNoDirection() {
    int n = 4;
    double[] z = new double[ROWS * n];
    double[] positive = new double[ROWS * n];
    new LatentSphere(9, n, 10).draw(5, 0, ROWS, z, positive);
    double[] along = new double[ROWS];
    double[] part = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      assertThat(dot(positive, positive, n, r)).isCloseTo(1, within(1e-13));
      double cosine = dot(z, positive, n, r);
      // (-z1, z0, -z3, z2) is orthogonal to z
      int at = r * n;
      double turned =
          -z[at + 1] * positive[at]
              + z[at] * positive[at + 1]
              - z[at + 3] * positive[at + 2]
              + z[at + 2] * positive[at + 3];
      along[r] = cosine;
      part[r] = turned / Math.sqrt(1 - cosine * cosine);
    }
    // a coordinate of a uniform point of the sphere of R^3 is uniform in [-1, 1]
    double[] uniform = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      uniform[r] = (part[r] + 1) / 2;
    }
    assertThat(Samples.distanceFromUniform(uniform)).isLessThan(1.95);
    assertThat(Samples.correlation(along, part)).isCloseTo(0, within(4 / Math.sqrt(ROWS)));
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new LatentSphere(0, 1, 10))
        .hasMessage("coordinates of a sphere must be in [2, 64]: 1");
    assertThatThrownBy(() -> new LatentSphere(0, 4, -1))
        .hasMessage("concentration kappa must be in [0, 1e6]: -1.0");
    assertThatThrownBy(() -> new LatentSphere(0, 4, Double.POSITIVE_INFINITY))
        .hasMessage("concentration kappa must be in [0, 1e6]: Infinity");
  }

  private static double[] cosines(int n, double kappa) {
    double[] z = new double[ROWS * n];
    double[] positive = new double[ROWS * n];
    new LatentSphere(1, n, kappa).draw(0, 0, ROWS, z, positive);
    double[] cosines = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      cosines[r] = dot(z, positive, n, r);
    }
    return cosines;
  }

  private static double dot(double[] a, double[] b, int n, int row) {
    double sum = 0;
    for (int i = row * n; i < (row + 1) * n; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** I_(n/2) / I_(n/2 - 1) at kappa, by the continued fraction of Gauss from far out. */
  private static double meanResultantLength(int n, double kappa) {
    if (kappa == 0) {
      return 0;
    }
    double ratio = 0;
    for (int k = 5000; k >= 0; k--) {
      ratio = 1 / ((n + 2.0 * k) / kappa + ratio);
    }
    return ratio;
  }
}
