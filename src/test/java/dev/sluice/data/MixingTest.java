package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.compute.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 10})
  void samplesAreThreeLayersWithLeakyReluBetween(int n) {
    Mixing mixing = new Mixing(6, n);
    double[] z = new double[20 * n];
    for (int i = 0; i < z.length; i++) {
      z[i] = new CounterStream(1, Purpose.LATENT, 0).gaussian(i);
    }
    float[] x = new float[20 * n];
    mixing.render(z, 20, x);
    for (int r = 0; r < 20; r++) {
      double[] expected = java.util.Arrays.copyOfRange(z, r * n, (r + 1) * n);
      for (int layer = 0; layer < 3; layer++) {
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            next[i] += mixing.weight(layer, i, j) * expected[j];
          }
          if (layer < 2 && next[i] < 0) {
            next[i] *= 0.2;
          }
        }
        expected = next;
      }
      for (int i = 0; i < n; i++) {
        assertThat(x[r * n + i]).isCloseTo((float) expected[i], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 10})
  void layersHaveUnitColumnsAndAreWellConditioned(int n) {
    for (long seed = 0; seed < 5; seed++) {
      Mixing mixing = new Mixing(seed, n);
      for (int layer = 0; layer < 3; layer++) {
        double[] gram = new double[n * n];
        for (int a = 0; a < n; a++) {
          for (int b = 0; b < n; b++) {
            for (int i = 0; i < n; i++) {
              gram[a * n + b] += mixing.weight(layer, i, a) * mixing.weight(layer, i, b);
            }
          }
          assertThat(gram[a * n + a]).isCloseTo(1, within(1e-12));
        }
        double[] values = SymmetricEigen.values(gram, n);
        // the median of such matrices is about 5, 8 and 29 at n = 3, 4 and 10
        assertThat(Math.sqrt(values[0] / values[n - 1])).isBetween(1.0, n == 10 ? 6 : 2.0);
      }
    }
  }

  @Test
  void layersDifferFromEachOtherAndFromSeedToSeed() {
    Mixing mixing = new Mixing(0, 4);
    assertThat(mixing.weight(0, 0, 0)).isNotEqualTo(mixing.weight(1, 0, 0));
    assertThat(mixing.weight(0, 0, 0)).isNotEqualTo(new Mixing(1, 4).weight(0, 0, 0));
    assertThat(mixing.weight(0, 0, 0)).isEqualTo(new Mixing(0, 4).weight(0, 0, 0));
    assertThat(mixing.size()).isEqualTo(4);
  }

  @Test
  void nothingToMixIsRefused() {
    assertThatThrownBy(() -> new Mixing(0, 0))
        .hasMessage("latents to mix need a size of at least 1: 0");
  }
}
