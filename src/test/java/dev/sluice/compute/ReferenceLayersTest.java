package dev.sluice.compute;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside the contract: every backward kernel against central differences of its forward one. */
class ReferenceLayersTest extends LayerKernelContract {
  private static final int N = 7;
  private static final int M = 5;

  @Override
  Backend open() {
    return new ReferenceBackend();
  }

  @Override
  double tolerance() {
    return 1e-12;
  }

  @ParameterizedTest
  @CsvSource({"0", "0.2"})
  void leakyGate_isTheDerivative(double slope) {
    assertDerivative(
        x -> mapped(x, N, (in, out) -> layers().leakyRelu(in, slope, out)),
        x -> gradient -> layers().leakyGate(matrix(N, M, x), slope, gradient, gradient));
  }

  @Test
  void standardiseBackward_isTheDerivative() {
    Matrix inverse = backend().allocate(1, M);
    Matrix standardised = backend().allocate(N, M);
    assertDerivative(
        x -> mapped(x, N, (in, out) -> layers().standardise(in, 0.01, out, inverse)),
        x ->
            gradient -> {
              layers().standardise(matrix(N, M, x), 0.01, standardised, inverse);
              layers().standardiseBackward(standardised, inverse, gradient);
            });
  }

  @ParameterizedTest
  @CsvSource({"1e-12,0", "0,1e-4", "0,0.5", "2.1,0.5"})
  void unitRowsBackward_isTheDerivative(double floor, double epsilon) {
    Matrix norms = backend().allocate(N, 1);
    assertDerivative(
        x -> mapped(x, N, (in, out) -> layers().unitRows(in, floor, epsilon, out, norms)),
        x ->
            gradient -> {
              Matrix source = matrix(N, M, x);
              layers().unitRows(source, floor, epsilon, backend().allocate(N, M), norms);
              layers().unitRowsBackward(source, norms, floor, epsilon, gradient);
            });
  }

  @Test
  void sigmoidGate_isTheDerivative() {
    assertDerivative(
        x -> mapped(x, N, layers()::sigmoid),
        x ->
            gradient ->
                layers().sigmoidGate(matrix(N, M, mapped(x, N, layers()::sigmoid)), gradient));
  }

  /** A kernel that fills its second matrix from its first. */
  private interface Kernel {
    void run(Matrix source, Matrix target);
  }

  private double[] mapped(double[] x, int rows, Kernel kernel) {
    Matrix target = backend().allocate(rows, x.length / rows);
    kernel.run(matrix(rows, x.length / rows, x), target);
    return backend().download(target);
  }

  /** Of the inner product of the outputs with random numbers. */
  private void assertDerivative(
      UnaryOperator<double[]> forward, Function<double[], Consumer<Matrix>> backward) {
    double[] x = random(N * M, 30);
    double[] along = random(N * M, 31);
    double[] expected =
        centralDifferences(
            x,
            moved -> {
              double[] outputs = forward.apply(moved);
              double sum = 0;
              for (int i = 0; i < outputs.length; i++) {
                sum += outputs[i] * along[i];
              }
              return sum;
            });
    Matrix gradient = matrix(N, M, along);

    backward.apply(x).accept(gradient);

    assertClose(backend().download(gradient), 1e-8, expected);
  }
}
