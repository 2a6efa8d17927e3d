package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DenseTest {

  @Test
  void product_asWrittenOnPaper() {
    double[] product =
        Dense.product(new double[] {1, 2, 3, 4, 5, 6}, new double[] {1, 0, 2, -1, 0, 3}, 2, 3, 2);

    assertThat(product).containsExactly(5, 7, 14, 13);
  }

  @Test
  void product_refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.product(new double[5], new double[6], 2, 3, 2))
        .withMessageContaining("2 x 3 times 3 x 2");
  }

  @Test
  void frobenius_isTheRootOfTheSumOfSquares() {
    assertThat(Dense.frobenius(new double[] {3, 0, 0, -4})).isEqualTo(5);
  }

  @Test
  void symmetricPart_isTheMeanWithTheTranspose() {
    assertThat(Dense.symmetricPart(new double[] {1, 2, 4, 8}, 2)).containsExactly(1, 3, 3, 8);
  }

  @Test
  void inverseOfAMatrixOfRankTwo_actsWithinItsRange() {
    // b = 4 u u' + 9 v v' with u, v orthonormal
    double[] u = {0.6, 0.8, 0};
    double[] v = {0, 0, 1};
    double[] b = new double[9];
    double[] a = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        b[i * 3 + j] = 4 * u[i] * u[j] + 9 * v[i] * v[j];
        a[i * 3 + j] = (i == j ? 7 : 0);
      }
    }

    PseudoInverse inverse = new PseudoInverse(b, 3);

    assertThat(inverse.rank()).isEqualTo(2);
    assertThat(inverse.traceOfProduct(a)).isCloseTo(7.0 / 4 + 7.0 / 9, within(1e-12));
    assertThat(inverse.traceOfProduct(b)).isCloseTo(2, within(1e-12));
  }

  @Test
  void inverseOfNothing_isNothing_andOfNaN_isNaN() {
    PseudoInverse nothing = new PseudoInverse(new double[4], 2);
    PseudoInverse broken = new PseudoInverse(new double[] {Double.NaN}, 1);

    assertThat(nothing.rank()).isZero();
    assertThat(nothing.traceOfProduct(new double[] {1, 0, 0, 1})).isZero();
    assertThat(broken.rank()).isEqualTo(1);
    assertThat(broken.traceOfProduct(new double[] {1})).isNaN();
  }

  @Test
  void map_ofASymmetricMatrix_actsOnItsEigenvalues() {
    double[] matrix = {2, 1, 1, 2};
    double[] root = SymmetricEigen.decompose(matrix, 2).map(Math::sqrt);

    assertThat(Dense.product(root, root, 2, 2, 2)).containsExactly(matrix, within(1e-14));
  }
}
