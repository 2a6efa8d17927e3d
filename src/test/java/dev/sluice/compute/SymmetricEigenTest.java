package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 17, 40, 97})
  void vectorsDiagonaliseRandomMatrices(int n) {
    double[] a = random(n, 5);
    SymmetricEigen eigen = SymmetricEigen.decompose(a, n);
    assertDecomposes(a, n, eigen, 1e-12 * n);
    assertThat(SymmetricEigen.values(a, n)).containsExactly(values(eigen), within(1e-12 * n));
  }

  @Test
  void valuesComeLargestFirst() {
    double[] values = SymmetricEigen.values(random(30, 7), 30);
    for (int i = 1; i < values.length; i++) {
      assertThat(values[i]).isLessThanOrEqualTo(values[i - 1]);
    }
  }

  @Test
  void theSecondDifferenceMatrixHasItsKnownSpectrum() {
    int n = 60;
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      a[i * n + i] = 2;
      if (i > 0) {
        a[i * n + i - 1] = -1;
      }
    }
    double[] values = SymmetricEigen.values(a, n);
    for (int i = 0; i < n; i++) {
      double expected = 2 + 2 * Math.cos(Math.PI * (i + 1) / (n + 1));
      assertThat(values[i]).isCloseTo(expected, within(1e-13));
    }
  }

  @Test
  void aMatrixOfOnesHasOneValueAndTheRestZero() {
    int n = 50;
    double[] a = new double[n * n];
    java.util.Arrays.fill(a, 1);
    SymmetricEigen eigen = SymmetricEigen.decompose(a, n);
    assertThat(eigen.value(0)).isCloseTo(n, within(1e-12));
    for (int i = 1; i < n; i++) {
      assertThat(eigen.value(i)).isCloseTo(0, within(1e-13));
    }
    assertDecomposes(a, n, eigen, 1e-11);
  }

  @Test
  void degenerateSpectraGiveOrthonormalVectors() {
    int n = 24;
    double[] q = SymmetricEigenTest.vectors(SymmetricEigen.decompose(random(n, 3), n));
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          a[i * n + j] += (k % 3) * q[k * n + i] * q[k * n + j];
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.decompose(a, n);
    for (int i = 0; i < n; i++) {
      assertThat(eigen.value(i)).isCloseTo(2 - i / 8, within(1e-13));
    }
    assertDecomposes(a, n, eigen, 1e-12);
  }

  @Test
  void diagonalAndZeroMatricesNeedNoSweep() {
    assertThat(SymmetricEigen.values(new double[] {1, 0, 0, 0, 3, 0, 0, 0, 2}, 3))
        .containsExactly(3, 2, 1);
    SymmetricEigen zero = SymmetricEigen.decompose(new double[16], 4);
    assertThat(values(zero)).containsOnly(0);
    assertDecomposes(new double[16], 4, zero, 0);
    assertThat(SymmetricEigen.values(new double[0], 0)).isEmpty();
    assertThat(SymmetricEigen.values(new double[] {-4}, 1)).containsExactly(-4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void extremeScalesNeitherOverflowNorVanish(double scale) {
    double[] values = SymmetricEigen.values(new double[] {2 * scale, 0, scale, 2 * scale}, 2);
    assertThat(values[0] / scale).isCloseTo(3, within(1e-14));
    assertThat(values[1] / scale).isCloseTo(1, within(1e-14));
  }

  @Test
  void onlyTheLowerTriangleIsReadAndNothingIsWritten() {
    double[] full = random(12, 9);
    double[] lower = full.clone();
    for (int i = 0; i < 12; i++) {
      for (int j = i + 1; j < 12; j++) {
        lower[i * 12 + j] = 1000;
      }
    }
    double[] before = lower.clone();
    assertThat(SymmetricEigen.values(lower, 12)).isEqualTo(SymmetricEigen.values(full, 12));
    assertThat(lower).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void anEntryThatIsNotFiniteMakesEveryValueNaN(double entry) {
    for (int place : new int[] {0, 6, 8}) {
      double[] a = random(3, 1);
      a[place] = entry;
      assertThat(SymmetricEigen.values(a, 3)).containsOnly(Double.NaN);
      assertThat(SymmetricEigen.decompose(a, 3).vector(1)).containsOnly(Double.NaN);
    }
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> SymmetricEigen.values(new double[5], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matrix of 2 x 2 needs as many entries, given 5");
  }

  private static void assertDecomposes(double[] a, int n, SymmetricEigen eigen, double tolerance) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double dot = 0;
        for (int k = 0; k < n; k++) {
          dot += eigen.vectorEntry(i, k) * eigen.vectorEntry(j, k);
        }
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
        double image = 0;
        for (int k = 0; k < n; k++) {
          image += a[Math.max(j, k) * n + Math.min(j, k)] * eigen.vectorEntry(i, k);
        }
        assertThat(image).isCloseTo(eigen.value(i) * eigen.vectorEntry(i, j), within(tolerance));
      }
    }
  }

  private static double[] values(SymmetricEigen eigen) {
    double[] values = new double[eigen.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = eigen.value(i);
    }
    return values;
  }

  private static double[] vectors(SymmetricEigen eigen) {
    int n = eigen.size();
    double[] vectors = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(eigen.vector(i), 0, vectors, i * n, n);
    }
    return vectors;
  }

  private static double[] random(int n, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, 0);
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * n + j] = stream.gaussian(i * n + j);
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }
}
