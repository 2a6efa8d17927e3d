package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend.Op;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend must do, kernel by kernel, held against plain loops over odd sizes. A backend
 * is tested by extending this class.
 */
abstract class BackendContract {
  private Backend backend;

  /** A new backend. */
  abstract Backend open();

  /** Largest error allowed, relative to the largest magnitude of the expected values. */
  abstract double tolerance();

  @BeforeEach
  void openBackend() {
    backend = open();
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  // ---- transfer

  @Test
  void allocate_isZero() {
    Matrix matrix = backend.allocate(3, 5);

    assertThat(matrix.rows()).isEqualTo(3);
    assertThat(matrix.columns()).isEqualTo(5);
    assertThat(backend.download(matrix)).isEqualTo(new double[15]);
  }

  @Test
  void allocate_refusesEmptyShapes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.allocate(0, 5))
        .withMessageContaining("0 x 5");
  }

  @Test
  void upload_writesTheGivenRowsOnly() {
    Matrix matrix = matrix(3, 2, new double[] {1, 2, 3, 4, 5, 6});

    backend.upload(new float[] {9, 9, 7, 8}, 2, matrix, 1, 1);

    assertThat(backend.download(matrix)).isEqualTo(new double[] {1, 2, 7, 8, 5, 6});
  }

  @Test
  void upload_refusesRowsOutsideAndShortArrays() {
    Matrix matrix = backend.allocate(3, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.upload(new float[8], 0, matrix, 2, 2))
        .withMessageContaining("3 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.upload(new float[3], 0, matrix, 0, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> backend.upload(new double[5], matrix));
  }

  @Test
  void download_readsRows() {
    Matrix matrix = matrix(3, 2, new double[] {1, 2, 3, 4, 5, 6});
    double[] rows = new double[4];

    backend.download(matrix, 1, 2, rows);

    assertThat(rows).isEqualTo(new double[] {3, 4, 5, 6});
    assertThatIllegalArgumentException().isThrownBy(() -> backend.download(matrix, 2, 2, rows));
  }

  @Test
  void transfer_keepsWhatIsNotFinite() {
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.5};

    assertThat(backend.download(matrix(2, 2, values))).isEqualTo(values);
  }

  @Test
  void copy_copies() {
    double[] values = random(15, 1);
    Matrix target = backend.allocate(3, 5);

    backend.copy(matrix(3, 5, values), target);

    assertClose(target, values);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.copy(backend.allocate(5, 3), target))
        .withMessageContaining("5 x 3")
        .withMessageContaining("3 x 5");
  }

  // ---- products

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,7", "13,1,9", "17,19,33", "40,8,3"})
  void gemm_inEveryOrientation(int rows, int inner, int columns) {
    double[] a = random(rows * inner, 2);
    double[] b = random(inner * columns, 3);
    double[] c = random(rows * columns, 4);
    double[] expected = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += a[i * inner + k] * b[k * columns + j];
        }
        expected[i * columns + j] = 1.5 * sum - 0.5 * c[i * columns + j];
      }
    }
    for (Op opA : Op.values()) {
      for (Op opB : Op.values()) {
        Matrix left = oriented(opA, rows, inner, a);
        Matrix right = oriented(opB, inner, columns, b);
        Matrix result = matrix(rows, columns, c);

        backend.gemm(opA, opB, 1.5, left, right, -0.5, result);

        assertClose(result, expected);
      }
    }
  }

  @Test
  void gemm_doesNotReadTheResultWhereBetaIsZero() {
    Matrix result = matrix(1, 1, new double[] {Double.NaN});

    backend.gemm(
        Op.NONE,
        Op.NONE,
        2,
        matrix(1, 1, new double[] {3}),
        matrix(1, 1, new double[] {4}),
        0,
        result);

    assertThat(backend.download(result)).containsExactly(24);
  }

  @Test
  void gemm_namesTheShapes() {
    Matrix result = backend.allocate(2, 4);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                backend.gemm(
                    Op.NONE, Op.NONE, 1, backend.allocate(2, 3), backend.allocate(5, 4), 0, result))
        .withMessageContaining("2 x 3")
        .withMessageContaining("5 x 4");
    Matrix square = backend.allocate(2, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> backend.gemm(Op.NONE, Op.NONE, 1, square, backend.allocate(2, 2), 0, square));
  }

  // ---- responses

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "33,13"})
  void softThreshold_shrinksByTheThresholdOfItsColumn(int n, int m) {
    double[] a = random(n * m, 5);
    double[] b = absolute(random(m, 6));
    b[0] = 0;
    double[] expected = softThreshold(a, b);
    Matrix response = backend.allocate(n, m);
    Matrix preactivation = matrix(n, m, a);

    backend.softThreshold(preactivation, matrix(1, m, b), response);
    assertClose(response, expected);
    assertClose(preactivation, a);

    backend.softThreshold(preactivation, matrix(1, m, b), preactivation);
    assertClose(preactivation, expected);
  }

  @Test
  void softThreshold_isExactlyZeroInsideAndKeepsNaN() {
    Matrix a = matrix(1, 4, new double[] {0.5, -0.5, 0.25, Double.NaN});

    backend.softThreshold(a, matrix(1, 4, new double[] {0.5, 0.5, 1000, 0.5}), a);

    double[] response = backend.download(a);
    assertThat(response[0]).isZero();
    assertThat(Math.abs(response[1])).isZero();
    assertThat(response[2]).isZero();
    assertThat(response[3]).isNaN();
  }

  @Test
  void softThreshold_namesBothShapes() {
    Matrix a = backend.allocate(2, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.softThreshold(a, backend.allocate(1, 4), a))
        .withMessageContaining("2 x 3")
        .withMessageContaining("1 x 4");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "33,13"})
  void averagedResponse_isThatOfTheMeanOfTheViews(int n, int m) {
    double[] a0 = random(n * m, 7);
    double[] a1 = random(n * m, 8);
    double[] b = absolute(random(m, 9));
    double[] mean = new double[n * m];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (a0[i] + a1[i]) / 2;
    }
    Matrix response = backend.allocate(n, m);

    backend.averagedResponse(matrix(n, m, a0), matrix(n, m, a1), matrix(1, m, b), response);

    assertClose(response, softThreshold(mean, b));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                backend.averagedResponse(
                    backend.allocate(n, m),
                    backend.allocate(n + 1, m),
                    backend.allocate(1, m),
                    response));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33"})
  void gate_passesTheGradientWhereTheNeuronFires(int n, int m) {
    double[] f = random(n * m, 10);
    double[] g = random(n * m, 11);
    for (int i = 0; i < f.length; i += 3) {
      f[i] = 0;
    }
    double[] expected = g.clone();
    for (int i = 0; i < f.length; i += 3) {
      expected[i] = 0;
    }
    Matrix gradient = matrix(n, m, g);

    backend.gate(matrix(n, m, f), gradient);

    assertClose(gradient, expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.gate(backend.allocate(n, m + 1), gradient));
  }

  // ---- contrast

  @ParameterizedTest
  @CsvSource({"1,1", "1,0.3", "7,1", "13,0.5", "33,2.5", "100,1"})
  void contrastInBatch_isSoftmaxAgainstTheOtherPairs(int n, double temperature) {
    double[] s = random(n * n, 12);
    for (int i = 0; i < s.length; i++) {
      s[i] *= 4;
    }
    double[] expected = new double[n * n];
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int p = 0; p < n; p++) {
      double sum = 0;
      int best = 0;
      for (int q = 0; q < n; q++) {
        sum += Math.exp(s[p * n + q]);
        best = s[p * n + q] > s[p * n + best] ? q : best;
      }
      for (int q = 0; q < n; q++) {
        expected[p * n + q] = (Math.exp(s[p * n + q]) / sum - (p == q ? 1 : 0)) / n;
      }
      loss += temperature * (Math.log(sum) - s[p * n + p]) / n;
      probability += Math.exp(s[p * n + p]) / sum / n;
      wins += best == p ? 1 : 0;
    }
    Matrix similarity = matrix(n, n, s);

    ContrastStatistics statistics = backend.contrastInBatch(similarity, temperature);

    assertClose(similarity, expected, 1.0 / n);
    assertThat(statistics.loss()).isCloseTo(loss, within(tolerance() * Math.max(1, loss)));
    assertThat(statistics.probability()).isCloseTo(probability, within(tolerance()));
    assertThat(statistics.top1()).isCloseTo((double) wins / n, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 33})
  void contrastInBatch_isBlindWhenNothingIsSaid(int n) {
    ContrastStatistics statistics = backend.contrastInBatch(backend.allocate(n, n), 0.5);

    assertThat(statistics.loss()).isCloseTo(0.5 * Math.log(n), within(10 * tolerance()));
    assertThat(statistics.probability()).isCloseTo(1.0 / n, within(tolerance()));
    // all equal: the first index is the largest, so that only row 0 wins
    assertThat(statistics.top1()).isCloseTo(1.0 / n, within(1e-12));
  }

  @Test
  void contrastInBatch_standsLargeLogits() {
    double[] s = {900, -900, 0, 0, 900, -900, -900, 0, 900};

    ContrastStatistics statistics = backend.contrastInBatch(matrix(3, 3, s), 1);

    assertThat(statistics.loss()).isCloseTo(0, within(1e-3));
    assertThat(statistics.probability()).isCloseTo(1, within(tolerance()));
    assertThat(statistics.top1()).isEqualTo(1);
  }

  @Test
  void contrastInBatch_showsWhatIsNotFinite() {
    double[] s = {1, 0, Double.NaN, 1};
    Matrix similarity = matrix(2, 2, s);

    ContrastStatistics statistics = backend.contrastInBatch(similarity, 1);

    assertThat(statistics.loss()).isNaN();
    assertThat(statistics.probability()).isNaN();
    assertThat(statistics.top1()).isEqualTo(0.5);
    assertThat(backend.download(similarity)[2]).isNaN();
    assertThat(backend.download(similarity)[0]).isFinite();
  }

  @Test
  void contrastInBatch_needsASquare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.contrastInBatch(backend.allocate(2, 3), 1))
        .withMessageContaining("2 x 3");
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "7,8,5,1.5", "13,3,33,0.5", "33,65,9,1"})
  void contrastShared_isSoftmaxAgainstTheNegatives(int n, int h, int m, double temperature) {
    double[] s = random(n * h, 13);
    double[] f0 = random(n * m, 14);
    double[] f1 = random(n * m, 15);
    double[] expected = new double[n * h];
    double[] residual = new double[n];
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int p = 0; p < n; p++) {
      double own = 0;
      for (int i = 0; i < m; i++) {
        own += f0[p * m + i] * f1[p * m + i] / temperature;
      }
      double sum = Math.exp(own);
      boolean largest = true;
      for (int q = 0; q < h; q++) {
        sum += Math.exp(s[p * h + q]);
        largest &= own > s[p * h + q];
      }
      for (int q = 0; q < h; q++) {
        expected[p * h + q] = Math.exp(s[p * h + q]) / sum / n;
      }
      residual[p] = (Math.exp(own) / sum - 1) / n;
      loss += temperature * (Math.log(sum) - own) / n;
      probability += Math.exp(own) / sum / n;
      wins += largest ? 1 : 0;
    }
    Matrix similarity = matrix(n, h, s);
    Matrix positive = backend.allocate(n, 1);

    ContrastStatistics statistics =
        backend.contrastShared(
            similarity, matrix(n, m, f0), matrix(n, m, f1), positive, temperature);

    assertClose(similarity, expected, 1.0 / n);
    assertClose(positive, residual, 1.0 / n);
    assertThat(statistics.loss()).isCloseTo(loss, within(tolerance() * Math.max(1, loss)));
    assertThat(statistics.probability()).isCloseTo(probability, within(tolerance()));
    assertThat(statistics.top1()).isCloseTo((double) wins / n, within(1e-12));
  }

  @Test
  void contrastShared_givesADeadRepresentationNothing() {
    ContrastStatistics statistics =
        backend.contrastShared(
            backend.allocate(3, 4),
            backend.allocate(3, 2),
            backend.allocate(3, 2),
            backend.allocate(3, 1),
            2);

    assertThat(statistics.loss()).isCloseTo(2 * Math.log(5), within(10 * tolerance()));
    assertThat(statistics.probability()).isCloseTo(0.2, within(tolerance()));
    assertThat(statistics.top1()).isZero();
  }

  @Test
  void contrastShared_namesBothShapes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                backend.contrastShared(
                    backend.allocate(3, 4),
                    backend.allocate(3, 2),
                    backend.allocate(4, 2),
                    backend.allocate(3, 1),
                    1))
        .withMessageContaining("3 x 2")
        .withMessageContaining("4 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                backend.contrastShared(
                    backend.allocate(2, 4),
                    backend.allocate(3, 2),
                    backend.allocate(3, 2),
                    backend.allocate(3, 1),
                    1));
  }

  // ---- updates

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33"})
  void addScaledRows_withAScaleForEachRowOrOneForAll(int n, int m) {
    double[] scale = random(n, 16);
    double[] source = random(n * m, 17);
    double[] start = random(n * m, 18);
    double[] byRow = start.clone();
    double[] byConstant = start.clone();
    for (int i = 0; i < source.length; i++) {
      byRow[i] += scale[i / m] * source[i];
      byConstant[i] -= 0.25 * source[i];
    }
    Matrix target = matrix(n, m, start);

    backend.addScaledRows(matrix(n, 1, scale), 7, matrix(n, m, source), target);
    assertClose(target, byRow);

    backend.upload(start, target);
    backend.addScaledRows(null, -0.25, matrix(n, m, source), target);
    assertClose(target, byConstant);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.addScaledRows(backend.allocate(n + 1, 1), 1, target, target));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33"})
  void sgdStep_decaysAndReportsNorms(int m, int d1) {
    double[] w = random(m * d1, 19);
    double[] g = random(m * d1, 20);
    double[] expected = new double[m * d1];
    double[] norms = new double[m];
    double squares = 0;
    for (int i = 0; i < w.length; i++) {
      expected[i] = w[i] - 0.3 * (g[i] + 0.01 * w[i]);
      norms[i / d1] += expected[i] * expected[i];
      squares += g[i] * g[i];
    }
    for (int i = 0; i < m; i++) {
      norms[i] = Math.sqrt(norms[i]);
    }
    Matrix weights = matrix(m, d1, w);
    Matrix rowNorms = backend.allocate(1, m);

    double gradientNorm = backend.sgdStep(weights, matrix(m, d1, g), 0.3, 0.01, rowNorms);

    assertClose(weights, expected);
    assertClose(rowNorms, norms);
    assertThat(gradientNorm)
        .isCloseTo(Math.sqrt(squares), within(tolerance() * Math.sqrt(squares)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                backend.sgdStep(
                    weights, backend.allocate(m, d1), 0.3, 0, backend.allocate(1, m + 1)));
  }

  @Test
  void limitRowNorms_scalesBackOnlyTheRowsAbove() {
    Matrix weights = matrix(3, 2, new double[] {3, 4, 0.3, 0.4, 0, 0});
    Matrix rowNorms = matrix(1, 3, new double[] {5, 0.5, 0});

    backend.limitRowNorms(weights, 1, rowNorms);

    assertClose(weights, new double[] {0.6, 0.8, 0.3, 0.4, 0, 0});
    assertClose(rowNorms, new double[] {1, 0.5, 0});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.limitRowNorms(weights, 1, backend.allocate(1, 2)));
  }

  // ---- moments

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "33,40"})
  void embeddingMoments_sumUnitRows(int n, int m) {
    double[] f = random(n * m, 21);
    for (int i = 0; i < f.length; i += 4) {
      f[i] = 0;
    }
    Arrays.fill(f, (n - 1) * m, n * m, 0);
    EmbeddingMoments expected = new EmbeddingMoments(m);
    expected.samples = n;
    for (int p = 0; p < n; p++) {
      double norm = 0;
      for (int i = 0; i < m; i++) {
        norm += f[p * m + i] * f[p * m + i];
        expected.activeEntries += f[p * m + i] == 0 ? 0 : 1;
      }
      norm = Math.sqrt(norm);
      expected.normSum += norm;
      expected.normMax = Math.max(expected.normMax, norm);
      expected.zeroRows += norm == 0 ? 1 : 0;
      for (int i = 0; i < m && norm > 0; i++) {
        expected.unitSum[i] += f[p * m + i] / norm;
        expected.unitSquareSum[i] += f[p * m + i] * f[p * m + i] / (norm * norm);
      }
    }
    EmbeddingMoments moments = new EmbeddingMoments(m);

    // twice: the sums start anew
    backend.embeddingMoments(matrix(n, m, f), moments);
    backend.embeddingMoments(matrix(n, m, f), moments);

    assertMoments(moments, expected);
  }

  @Test
  void embeddingMoments_leaveOutAndCountWhatIsNotFinite() {
    double inf = Double.POSITIVE_INFINITY;
    double[] f = {3, 4, Double.NaN, inf, 1, -inf, 0, 0};
    EmbeddingMoments expected = new EmbeddingMoments(2);
    expected.samples = 2;
    expected.nonFinite = 3;
    expected.activeEntries = 2;
    expected.zeroRows = 1;
    expected.normSum = 5;
    expected.normMax = 5;
    expected.unitSum[0] = 0.6;
    expected.unitSum[1] = 0.8;
    expected.unitSquareSum[0] = 0.36;
    expected.unitSquareSum[1] = 0.64;
    EmbeddingMoments moments = new EmbeddingMoments(2);

    backend.embeddingMoments(matrix(4, 2, f), moments);

    assertMoments(moments, expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend.embeddingMoments(backend.allocate(4, 3), moments));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "9,33", "33,40"})
  void pairMoments_sumOverThePairs(int n, int m) {
    double[] f0 = random(n * m, 22);
    double[] f1 = random(n * m, 23);
    if (n > 1) {
      Arrays.fill(f0, 0, m, 0);
    }
    double dots = 0;
    double cosines = 0;
    double distances = 0;
    for (int p = 0; p < n; p++) {
      double dot = 0;
      double square0 = 0;
      double square1 = 0;
      for (int i = p * m; i < (p + 1) * m; i++) {
        dot += f0[i] * f1[i];
        square0 += f0[i] * f0[i];
        square1 += f1[i] * f1[i];
      }
      double cosine = square0 * square1 == 0 ? 0 : dot / Math.sqrt(square0 * square1);
      dots += dot;
      cosines += cosine;
      distances += (square0 == 0 ? 0 : 1) + (square1 == 0 ? 0 : 1) - 2 * cosine;
    }
    PairMoments moments = new PairMoments();

    backend.pairMoments(matrix(n, m, f0), matrix(n, m, f1), moments);
    backend.pairMoments(matrix(n, m, f0), matrix(n, m, f1), moments);

    assertThat(moments.samples).isEqualTo(n);
    assertThat(moments.dotSum).isCloseTo(dots, within(tolerance() * n * m));
    assertThat(moments.cosineSum).isCloseTo(cosines, within(tolerance() * n));
    assertThat(moments.squaredDistanceSum).isCloseTo(distances, within(4 * tolerance() * n));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> backend.pairMoments(backend.allocate(n, m), backend.allocate(n, m + 1), moments));
  }

  @Test
  void pairMoments_ofAViewWithItselfAreExactlyZeroApart() {
    double[] f = random(9 * 5, 24);
    PairMoments moments = new PairMoments();

    backend.pairMoments(matrix(9, 5, f), matrix(9, 5, f), moments);

    assertThat(moments.squaredDistanceSum).isZero();
  }

  // ---- what the tests are written in

  private Matrix matrix(int rows, int columns, double[] values) {
    Matrix matrix = backend.allocate(rows, columns);
    backend.upload(values, matrix);
    return matrix;
  }

  private Matrix oriented(Op op, int rows, int columns, double[] values) {
    if (op == Op.NONE) {
      return matrix(rows, columns, values);
    }
    double[] turned = new double[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return matrix(columns, rows, turned);
  }

  /** Normals that float32 holds exactly, so that a backend's input is the test's input. */
  private static double[] random(int length, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.NOISE, 0);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) stream.gaussian(i);
    }
    return values;
  }

  private static double[] absolute(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return values;
  }

  private static double[] softThreshold(double[] a, double[] b) {
    double[] f = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      f[i] = Math.signum(a[i]) * Math.max(0, Math.abs(a[i]) - b[i % b.length]);
    }
    return f;
  }

  private void assertMoments(EmbeddingMoments moments, EmbeddingMoments expected) {
    double error = tolerance() * Math.max(1, expected.samples);
    assertThat(moments.samples).isEqualTo(expected.samples);
    assertThat(moments.activeEntries).isEqualTo(expected.activeEntries);
    assertThat(moments.zeroRows).isEqualTo(expected.zeroRows);
    assertThat(moments.nonFinite).isEqualTo(expected.nonFinite);
    assertThat(moments.normSum).isCloseTo(expected.normSum, within(error * 10));
    assertThat(moments.normMax).isCloseTo(expected.normMax, within(tolerance() * 10));
    assertThat(moments.unitSum).containsExactly(expected.unitSum, within(error));
    assertThat(moments.unitSquareSum).containsExactly(expected.unitSquareSum, within(error));
  }

  private void assertClose(Matrix matrix, double[] expected) {
    assertClose(matrix, expected, 0);
  }

  private void assertClose(Matrix matrix, double[] expected, double smallestMagnitude) {
    double largest = smallestMagnitude;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(backend.download(matrix))
        .containsExactly(expected, within(tolerance() * Math.max(largest, 1e-30)));
  }
}
