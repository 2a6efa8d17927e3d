package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeadingSubspaceTest {
  private final Backend backend = new ReferenceBackend();

  @Test
  void findsWhatStandsOutOfTheNegativeSide() {
    // eigenvalues 5, 3, 0.5 and -1 along coordinates: two exceed the noise of 1
    double[] matrix = new double[16];
    double[] eigenvalues = {3, -1, 5, 0.5};
    for (int i = 0; i < 4; i++) {
      matrix[i * 4 + i] = eigenvalues[i];
    }

    LeadingSubspace space = LeadingSubspace.of(backend, upload(matrix, 4), 3);

    assertThat(space.size()).isEqualTo(2);
    assertThat(space.noise()).isCloseTo(1, within(1e-9));
    assertThat(space.energy(new double[] {1, 0, 0, 0}, 0)).isCloseTo(1, within(1e-6));
    assertThat(space.energy(new double[] {9, 9, 0, 1, 0, 0}, 2)).isCloseTo(0, within(1e-6));
    assertThat(space.energy(new double[] {0, 0, 2, 1}, 0)).isCloseTo(4, within(1e-6));
  }

  @Test
  void ofNothing_isEmpty() {
    LeadingSubspace space = LeadingSubspace.of(backend, backend.allocate(3, 3), 2);

    assertThat(space.size()).isZero();
    assertThat(space.energy(new double[] {1, 2, 3}, 0)).isZero();
  }

  @Test
  void needsASquare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeadingSubspace.of(backend, backend.allocate(3, 4), 2))
        .withMessageContaining("3 x 4");
  }

  private Matrix upload(double[] values, int n) {
    Matrix matrix = backend.allocate(n, n);
    backend.upload(values, matrix);
    return matrix;
  }
}
