package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypercubeTest {

  @Test
  void allCornersAreAsLikely() {
    int rows = 64_000;
    int[] corners = new int[rows];
    new Hypercube(5, 6, 2, 1).draw(0, 0, rows, corners);
    double[] counts = new double[64];
    for (int corner : corners) {
      counts[corner]++;
    }
    double chiSquare = 0;
    for (double count : counts) {
      chiSquare += (count - 1000) * (count - 1000) / 1000;
    }
    // 63 degrees of freedom: one in a thousand lies above 103.4
    assertThat(chiSquare).isLessThan(103.4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 30})
  void patternsAreTheInvariantSigns(int dimensions) {
    Hypercube cube = new Hypercube(5, dimensions, 1 + dimensions / 4, 1);
    int[] corners = new int[500];
    cube.draw(3, 0, 500, corners);
    double sum = 0;
    for (int corner : corners) {
      int pattern = 0;
      for (int j = 0; j < cube.invariant(); j++) {
        assertThat(Hypercube.sign(corner, j)).isIn(-1, 1);
        pattern += Hypercube.sign(corner, j) > 0 ? 1 << j : 0;
      }
      assertThat(cube.pattern(corner)).isEqualTo(pattern);
      sum += Hypercube.sign(corner, dimensions - 1);
    }
    assertThat(sum / 500).isCloseTo(0, within(4 / Math.sqrt(500)));
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Hypercube(0, 31, 3, 1))
        .hasMessage("dimensions of a hypercube must be in [1, 30]: 31");
    assertThatThrownBy(() -> new Hypercube(0, 10, 11, 1))
        .hasMessage("invariant coordinates must be in [1, 10]: 11");
    assertThatThrownBy(() -> new Hypercube(0, 10, 0, 1))
        .hasMessage("invariant coordinates must be in [1, 10]: 0");
    assertThatThrownBy(() -> new Hypercube(0, 10, 3, 0))
        .hasMessage("amplitude must be above 0: 0.0");
  }
}
