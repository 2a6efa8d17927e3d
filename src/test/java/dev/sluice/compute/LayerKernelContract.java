package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the layer kernels of every backend must do, held against plain loops over odd sizes. The
 * last size is more than the CPU backend takes at a time.
 */
abstract class LayerKernelContract extends KernelContract {

  LayerKernels layers() {
    return backend().layers();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "300,37"})
  void addRow_addsToEveryRow(int n, int m) {
    double[] row = random(m, 1);
    double[] target = random(n * m, 2);
    double[] expected = target.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] += row[i % m];
    }
    Matrix matrix = matrix(n, m, target);

    layers().addRow(matrix(1, m, row), matrix);

    assertClose(matrix, expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().addRow(matrix(1, m + 1, new double[m + 1]), matrix))
        .withMessageContaining(n + " x " + m)
        .withMessageContaining("1 x " + (m + 1));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "300,37", "9001,1"})
  void columnSums_addToWhatIsThereOrReplaceIt(int n, int m) {
    double[] source = random(n * m, 3);
    double[] row = random(m, 4);
    double[] sums = new double[m];
    double[] added = new double[m];
    for (int i = 0; i < source.length; i++) {
      sums[i % m] += source[i];
    }
    for (int j = 0; j < m; j++) {
      added[j] = 0.5 * row[j] + sums[j];
    }
    Matrix matrix = matrix(n, m, source);
    Matrix replaced = nothing(1, m);
    Matrix target = matrix(1, m, row);

    layers().columnSums(matrix, 0, replaced);
    layers().columnSums(matrix, 0.5, target);

    assertClose(replaced, sums);
    assertClose(target, added);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().columnSums(matrix, 0, backend().allocate(2, m)));
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "5,7,0.2", "9,33,0.01", "300,37,0"})
  void leakyRelu_bendsAtZero(int n, int m, double slope) {
    double[] x = random(n * m, 5);
    x[0] = 0;
    double[] expected = new double[n * m];
    double[] gated = random(n * m, 6);
    Matrix gradient = matrix(n, m, gated);
    for (int i = 0; i < x.length; i++) {
      expected[i] = x[i] > 0 ? x[i] : slope * x[i];
      gated[i] *= x[i] > 0 ? 1 : slope;
    }
    Matrix preactivation = matrix(n, m, x);
    Matrix response = nothing(n, m);

    layers().leakyRelu(preactivation, slope, response);
    layers().leakyGate(preactivation, slope, gradient, gradient);

    assertClose(response, expected);
    assertClose(gradient, gated);
    layers().leakyRelu(preactivation, slope, preactivation);
    assertClose(preactivation, expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().leakyRelu(response, 0, backend().allocate(n, m + 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().leakyGate(response, 0, backend().allocate(n + 1, m), response));
  }

  @Test
  void leakyRelu_keepsNaN() {
    Matrix x = matrix(1, 2, Double.NaN, -1);

    layers().leakyRelu(x, 0, x);

    assertThat(backend().download(x)[0]).isNaN();
    assertThat(backend().download(x)[1]).isZero();
  }

  @ParameterizedTest
  @CsvSource({"2,1,0", "5,7,1e-5", "33,9,0.1", "300,37,1e-5"})
  void standardise_centresAndScalesColumns(int n, int m, double epsilon) {
    double[] x = random(n * m, 7);
    double[] g = random(n * m, 8);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (3 * x[i] + i % m);
    }
    double[] y = new double[n * m];
    double[] inverse = new double[m];
    double[] backward = new double[n * m];
    for (int j = 0; j < m; j++) {
      double mean = 0;
      double square = 0;
      for (int i = j; i < x.length; i += m) {
        mean += x[i] / n;
      }
      for (int i = j; i < x.length; i += m) {
        square += (x[i] - mean) * (x[i] - mean) / n;
      }
      inverse[j] = 1 / Math.sqrt(square + epsilon);
      double slope = 0;
      double along = 0;
      for (int i = j; i < x.length; i += m) {
        y[i] = (x[i] - mean) * inverse[j];
        slope += g[i] / n;
        along += g[i] * y[i] / n;
      }
      for (int i = j; i < x.length; i += m) {
        backward[i] = inverse[j] * (g[i] - slope - y[i] * along);
      }
    }
    Matrix source = matrix(n, m, x);
    Matrix target = nothing(n, m);
    Matrix deviation = nothing(1, m);

    layers().standardise(source, epsilon, target, deviation);
    assertClose(target, y);
    assertClose(deviation, inverse);

    if (n > 2) { // of two rows nothing but rounding is left
      Matrix gradient = matrix(n, m, g);
      layers().standardiseBackward(matrix(n, m, y), matrix(1, m, inverse), gradient);
      assertClose(gradient, backward);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().standardise(source, 0, target, backend().allocate(1, m + 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().standardiseBackward(source, backend().allocate(2, m), target));
  }

  @Test
  void standardise_ofAColumnWithoutSpreadIsZero() {
    Matrix target = nothing(3, 1);

    layers().standardise(matrix(3, 1, 0.7, 0.7, 0.7), 1e-5, target, nothing(1, 1));

    assertThat(Arrays.stream(backend().download(target)).map(Math::abs).max().orElseThrow())
        .isLessThan(1e-4);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1e-12,0", "5,7,1e-12,0", "9,33,0,1e-4", "300,37,1e-12,0", "7,5,2,0.5"})
  void unitRows_divideByTheirLength(int n, int m, double floor, double epsilon) {
    double[] x = random(n * m, 9);
    double[] g = random(n * m, 10);
    double[] y = new double[n * m];
    double[] lengths = new double[n];
    double[] backward = new double[n * m];
    for (int row = 0; row < n; row++) {
      double square = 0;
      double dot = 0;
      for (int i = row * m; i < (row + 1) * m; i++) {
        square += x[i] * x[i];
        dot += g[i] * x[i];
      }
      double length = Math.sqrt(square);
      double divisor = Math.max(length, floor) + epsilon;
      double along = length < floor ? 0 : dot / (length * divisor * divisor);
      lengths[row] = length;
      for (int i = row * m; i < (row + 1) * m; i++) {
        y[i] = x[i] / divisor;
        backward[i] = g[i] / divisor - x[i] * along;
      }
    }
    Matrix source = matrix(n, m, x);
    Matrix target = nothing(n, m);
    Matrix norms = nothing(n, 1);
    Matrix gradient = matrix(n, m, g);

    layers().unitRows(source, floor, epsilon, target, norms);
    assertClose(target, y);
    assertClose(norms, lengths);

    layers().unitRowsBackward(source, matrix(n, 1, lengths), floor, epsilon, gradient);
    if (m > 1 || epsilon > 0) { // a number over its magnitude has no gradient but rounding
      assertClose(gradient, backward);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().unitRows(source, 1, 0, target, backend().allocate(n + 1, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> layers().unitRowsBackward(source, norms, 1, 0, backend().allocate(n, m + 1)));
  }

  @ParameterizedTest
  @CsvSource({"1e-12,0", "0,1e-4"})
  void unitRows_ofZeroStayZeroAndScaleTheirGradient(double floor, double epsilon) {
    Matrix zero = backend().allocate(1, 3);
    Matrix target = nothing(1, 3);
    Matrix norms = nothing(1, 1);
    Matrix gradient = matrix(1, 3, 1, -2, 0.5);

    layers().unitRows(zero, floor, epsilon, target, norms);
    layers().unitRowsBackward(zero, norms, floor, epsilon, gradient);

    assertClose(target, 0, 0, 0);
    double by = floor + epsilon;
    assertClose(gradient, 1 / by, -2 / by, 0.5 / by);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "300,37"})
  void sigmoid_andItsGate(int n, int m) {
    double[] x = random(n * m, 11);
    double[] y = new double[n * m];
    double[] g = random(n * m, 12);
    Matrix gradient = matrix(n, m, g);
    for (int i = 0; i < x.length; i++) {
      x[i] *= 4;
      y[i] = 1 / (1 + Math.exp(-x[i]));
      g[i] *= y[i] * (1 - y[i]);
    }
    Matrix response = nothing(n, m);

    layers().sigmoid(matrix(n, m, x), response);
    layers().sigmoidGate(matrix(n, m, y), gradient);

    assertClose(response, y);
    assertClose(gradient, g);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().sigmoid(response, backend().allocate(n, m + 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().sigmoidGate(response, backend().allocate(n, m + 1)));
  }

  @Test
  void sigmoid_standsLargeValues() {
    Matrix response = nothing(1, 3);

    layers().sigmoid(matrix(1, 3, -1000, 1000, 0), response);

    assertThat(backend().download(response)).containsExactly(0, 1, 0.5);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "300,37"})
  void scaleColumns_andTheDotsOfItsBackwardPass(int n, int m) {
    double[] factors = random(m, 13);
    double[] x = random(n * m, 14);
    double[] other = random(n * m, 15);
    double[] scaled = new double[n * m];
    double[] dots = new double[m];
    for (int i = 0; i < x.length; i++) {
      scaled[i] = factors[i % m] * x[i];
      dots[i % m] += x[i] * other[i];
    }
    Matrix source = matrix(n, m, x);
    Matrix row = matrix(1, m, factors);
    Matrix replaced = nothing(1, m);

    layers().columnDots(source, matrix(n, m, other), 0, replaced);
    assertClose(replaced, dots);
    layers().columnDots(source, matrix(n, m, other), -1, replaced);
    assertThat(Arrays.stream(backend().download(replaced)).map(Math::abs).max().orElseThrow())
        .isLessThan(tolerance() * n);

    layers().scaleColumns(row, source, source);
    assertClose(source, scaled);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().scaleColumns(row, source, backend().allocate(n + 1, m)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().columnDots(source, backend().allocate(n, m + 1), 0, row));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "1,9,5,3", "4,7,3,5", "16,33,20,10"})
  void grouped_areProductsOfTheirOwn(int groups, int n, int in, int out) {
    double[] x = random(n * groups * in, 16);
    double[] w = random(groups * out * in, 17);
    double[] g = random(n * groups * out, 18);
    double[] before = random(groups * out * in, 19);
    double[] y = new double[n * groups * out];
    double[] weightGradient = before.clone();
    double[] inputGradient = new double[n * groups * in];
    for (int i = 0; i < n; i++) {
      for (int group = 0; group < groups; group++) {
        for (int o = group * out; o < (group + 1) * out; o++) {
          for (int k = 0; k < in; k++) {
            int at = i * groups * in + group * in + k;
            y[i * groups * out + o] += x[at] * w[o * in + k];
            weightGradient[o * in + k] += x[at] * g[i * groups * out + o];
            inputGradient[at] += w[o * in + k] * g[i * groups * out + o];
          }
        }
      }
    }
    Matrix input = matrix(n, groups * in, x);
    Matrix weights = matrix(groups * out, in, w);
    Matrix output = nothing(n, groups * out);
    Matrix gradient = matrix(n, groups * out, g);
    Matrix weightTarget = matrix(groups * out, in, before);
    Matrix inputTarget = nothing(n, groups * in);

    layers().groupedForward(groups, input, weights, output);
    layers().groupedBackward(groups, input, weights, gradient, weightTarget, inputTarget);

    assertClose(output, y);
    assertClose(weightTarget, weightGradient);
    assertClose(inputTarget, inputGradient);
    backend().upload(before, weightTarget);
    layers().groupedBackward(groups, input, weights, gradient, weightTarget, null);
    assertClose(weightTarget, weightGradient);
    // the products of the whole matrices are as they were
    assertClose(input, x);
    assertClose(weights, w);
  }

  @Test
  void grouped_nameTheShapesThatDoNotFit() {
    Matrix x = backend().allocate(5, 6);
    Matrix weights = backend().allocate(8, 3);
    Matrix y = backend().allocate(5, 8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().groupedForward(3, x, weights, y))
        .withMessageContaining("8 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().groupedForward(4, x, weights, y))
        .withMessageContaining("5 x 6")
        .withMessageContaining("8 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().groupedForward(2, x, weights, backend().allocate(4, 8)))
        .withMessageContaining("5 x 6")
        .withMessageContaining("4 x 8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().groupedForward(2, x, weights, backend().allocate(5, 7)))
        .withMessageContaining("8 x 3")
        .withMessageContaining("5 x 7");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> layers().groupedBackward(2, x, weights, y, backend().allocate(8, 2), null));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> layers().groupedBackward(2, x, weights, y, weights, backend().allocate(5, 5)));
    Matrix square = backend().allocate(3, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().groupedForward(1, square, backend().allocate(3, 3), square));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,2", "7,12,2", "4,9,9", "2,6,1"})
  void circularWindows_wrapAround(int n, int d, int width) {
    double[] x = random(n * d, 20);
    double[] g = random(n * d * width, 21);
    double[] windows = new double[n * d * width];
    double[] gathered = new double[n * d];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < d; p++) {
        for (int k = 0; k < width; k++) {
          windows[(i * d + p) * width + k] = x[i * d + (p + k) % d];
          gathered[i * d + (p + k) % d] += g[(i * d + p) * width + k];
        }
      }
    }
    Matrix source = matrix(n, d, x);
    Matrix target = nothing(n * d, width);
    Matrix gradient = nothing(n, d);

    layers().circularWindows(source, target);
    layers().circularWindowsBackward(matrix(n * d, width, g), gradient);

    assertClose(target, windows);
    assertClose(gradient, gathered);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().circularWindows(source, backend().allocate(n * d, d + 1)))
        .withMessageContaining(n + " x " + d)
        .withMessageContaining(n * d + " x " + (d + 1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> layers().circularWindowsBackward(backend().allocate(n * d + 1, 1), source));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,7", "9,12,33", "40,300,3"})
  void poolRows_areMeansOfConsecutiveRows(int n, int k, int m) {
    double[] x = random(n * k * m, 22);
    double[] g = random(n * m, 23);
    double[] means = new double[n * m];
    double[] spread = new double[n * k * m];
    for (int i = 0; i < n * k; i++) {
      for (int j = 0; j < m; j++) {
        means[i / k * m + j] += x[i * m + j] / k;
        spread[i * m + j] = g[i / k * m + j] / k;
      }
    }
    Matrix source = matrix(n * k, m, x);
    Matrix target = nothing(n, m);

    layers().poolRows(source, target);
    assertClose(target, means);

    layers().poolRowsBackward(matrix(n, m, g), source);
    assertClose(source, spread);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().poolRows(source, backend().allocate(n, m + 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layers().poolRowsBackward(backend().allocate(n * k + 1, m), source));
  }
}
