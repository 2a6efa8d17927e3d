package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShiftedPatchTest {

  @Test
  void allPatchesAtAllPositionsAreAsLikely() {
    int rows = 48_000;
    int[] patches = new int[rows];
    int[] positions = new int[rows];
    new ShiftedPatch(7, 12).draw(1, 0, rows, patches, positions);
    double[] counts = new double[48];
    for (int r = 0; r < rows; r++) {
      counts[12 * patches[r] + positions[r]]++;
    }
    double chiSquare = 0;
    for (double count : counts) {
      chiSquare += (count - 1000) * (count - 1000) / 1000;
    }
    // 47 degrees of freedom: one in a thousand lies above 82.7
    assertThat(chiSquare).isLessThan(82.7);
  }

  @Test
  void aPatchIsItsTwoSigns() {
    assertThat(ShiftedPatch.sign(0, 0)).isEqualTo(-1);
    assertThat(ShiftedPatch.sign(0, 1)).isEqualTo(-1);
    assertThat(ShiftedPatch.sign(1, 0)).isEqualTo(1);
    assertThat(ShiftedPatch.sign(1, 1)).isEqualTo(-1);
    assertThat(ShiftedPatch.sign(2, 1)).isEqualTo(1);
  }

  @Test
  void aRingThatIsAllPatchIsRefused() {
    assertThatThrownBy(() -> new ShiftedPatch(0, 2))
        .hasMessage("a ring needs more positions than the 2 of the patch: 2");
  }
}
