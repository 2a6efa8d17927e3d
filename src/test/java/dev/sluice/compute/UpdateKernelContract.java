package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the update kernels of every backend must do, held against plain loops over odd sizes. */
abstract class UpdateKernelContract extends KernelContract {

  private UpdateKernels updates() {
    return backend().updates();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "300,37"})
  void momentumStep_remembersItsVelocity(int m, int d) {
    double[] w = random(m * d, 1);
    double[] v = new double[m * d];
    Matrix weights = matrix(m, d, w);
    Matrix velocity = matrix(m, d, v);
    Matrix rowNorms = nothing(1, m);
    for (int step = 0; step < 3; step++) {
      double[] g = random(m * d, 2 + step);
      double squares = 0;
      for (int i = 0; i < w.length; i++) {
        squares += g[i] * g[i];
        v[i] = 0.9 * v[i] + g[i] + 0.01 * w[i];
        w[i] -= 0.3 * v[i];
      }

      double sum =
          updates().momentumStep(weights, matrix(m, d, g), velocity, 0.3, 0.9, 0.01, rowNorms);

      assertThat(sum).isCloseTo(squares, within(tolerance() * squares));
      assertClose(weights, w);
      assertClose(velocity, v);
      assertClose(rowNorms, norms(w, m));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                updates()
                    .momentumStep(
                        weights, velocity, backend().allocate(m + 1, d), 1, 0, 0, rowNorms))
        .withMessageContaining(m + " x " + d)
        .withMessageContaining(m + 1 + " x " + d);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                updates()
                    .momentumStep(
                        weights, velocity, velocity, 1, 0, 0, backend().allocate(1, m + 1)));
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "5,7,0.01", "9,33,0", "300,37,0.01"})
  void adamStep_scalesByTheMoments(int m, int d, double decay) {
    double[] w = random(m * d, 5);
    double[] first = new double[m * d];
    double[] second = new double[m * d];
    Matrix weights = matrix(m, d, w);
    Matrix firstMoment = matrix(m, d, first);
    Matrix secondMoment = matrix(m, d, second);
    Matrix rowNorms = nothing(1, m);
    for (int t = 1; t <= 3; t++) {
      double[] g = random(m * d, 5 + t);
      double squares = 0;
      for (int i = 0; i < w.length; i++) {
        squares += g[i] * g[i];
        double decayed = g[i] + decay * w[i];
        first[i] = 0.9 * first[i] + 0.1 * decayed;
        second[i] = 0.999 * second[i] + 0.001 * decayed * decayed;
        double mean = first[i] / (1 - Math.pow(0.9, t));
        double square = second[i] / (1 - Math.pow(0.999, t));
        w[i] -= 0.05 * mean / (Math.sqrt(square) + 1e-8);
      }

      double sum =
          updates()
              .adamStep(
                  weights, matrix(m, d, g), firstMoment, secondMoment, t, 0.05, decay, rowNorms);

      assertThat(sum).isCloseTo(squares, within(tolerance() * squares));
      assertClose(weights, w);
      assertClose(firstMoment, first);
      assertClose(secondMoment, second);
      assertClose(rowNorms, norms(w, m));
    }
    Matrix wider = backend().allocate(m, d + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> updates().adamStep(weights, weights, firstMoment, wider, 1, 1, 0, rowNorms))
        .withMessageContaining(m + " x " + d)
        .withMessageContaining(m + " x " + (d + 1));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "300,37"})
  void blend_weighsBoth(int n, int m) {
    double[] x = random(n * m, 10);
    double[] y = random(n * m, 11);
    double[] expected = new double[n * m];
    for (int i = 0; i < x.length; i++) {
      expected[i] = 0.25 * y[i] - 2 * x[i];
    }
    Matrix target = matrix(n, m, y);

    updates().blend(-2, matrix(n, m, x), 0.25, target);

    assertClose(target, expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> updates().blend(1, backend().allocate(n, m + 1), 1, target));
  }

  @Test
  void blend_doesNotReadWhatAZeroStandsBefore() {
    Matrix target = nothing(1, 2);

    updates().blend(2, matrix(1, 2, 1, 2), 0, target);
    assertThat(backend().download(target)).containsExactly(2, 4);

    updates().blend(0, nothing(1, 2), 0.5, target);
    assertThat(backend().download(target)).containsExactly(1, 2);

    Matrix cleared = nothing(1, 2);
    updates().blend(0, cleared, 0, cleared);
    assertThat(backend().download(cleared)).containsExactly(0, 0);
  }

  private static double[] norms(double[] w, int rows) {
    double[] norms = new double[rows];
    int width = w.length / rows;
    for (int i = 0; i < w.length; i++) {
      norms[i / width] += w[i] * w[i];
    }
    for (int row = 0; row < rows; row++) {
      norms[row] = Math.sqrt(norms[row]);
    }
    return norms;
  }
}
