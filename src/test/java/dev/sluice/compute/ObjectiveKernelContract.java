package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.ObjectiveKernels.Contrast;
import dev.sluice.event.StepReport;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the objective kernels of every backend must do, held against plain loops over odd sizes. A
 * backend is tested by extending this class.
 */
abstract class ObjectiveKernelContract {
  private Backend backend;
  private ObjectiveKernels kernels;

  /** A new backend. */
  abstract Backend open();

  /** Largest error allowed, relative to the largest magnitude of the expected values. */
  abstract double tolerance();

  @BeforeEach
  void openBackend() {
    backend = open();
    kernels = backend.objectives();
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  // ---- sums

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "33,13", "101,97"})
  void sums_areOverAllEntries(int n, int m) {
    double[] a = random(n * m, 1);
    double[] b = random(n * m, 2);
    double norm = 0;
    double distance = 0;
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      norm += a[i] * a[i];
      distance += (a[i] - b[i]) * (a[i] - b[i]);
      dot += a[i] * b[i];
    }
    Matrix left = matrix(n, m, a);
    Matrix right = matrix(n, m, b);

    assertThat(kernels.squaredNorm(left)).isCloseTo(norm, within(tolerance() * norm));
    assertThat(kernels.squaredDistance(left, right))
        .isCloseTo(distance, within(tolerance() * distance));
    assertThat(kernels.dot(left, right)).isCloseTo(dot, within(tolerance() * norm));
    assertThat(kernels.squaredDistance(left, left)).isZero();
    assertClose(left, a);
    assertClose(right, b);
  }

  @Test
  void sums_showWhatIsNotANumber() {
    Matrix matrix = matrix(2, 2, new double[] {1, 2, Double.NaN, 3});
    Matrix zeros = backend.allocate(2, 2);

    assertThat(kernels.squaredNorm(matrix)).isNaN();
    assertThat(kernels.squaredDistance(matrix, zeros)).isNaN();
    assertThat(kernels.dot(matrix, zeros)).isNaN();
  }

  @Test
  void sums_nameBothShapes() {
    Matrix a = backend.allocate(2, 3);
    Matrix b = backend.allocate(3, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.squaredDistance(a, b))
        .withMessageContaining("2 x 3")
        .withMessageContaining("3 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.dot(a, b))
        .withMessageContaining("2 x 3")
        .withMessageContaining("3 x 2");
  }

  // ---- rows and columns

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 33})
  void diagonal_isShiftedAndCleared(int n) {
    double[] values = random(n * n, 3);
    double[] shifted = values.clone();
    double[] cleared = values.clone();
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += values[i * n + i];
      shifted[i * n + i] -= 1.5;
      cleared[i * n + i] = 0;
    }
    Matrix matrix = matrix(n, n, values);

    assertThat(kernels.shiftDiagonal(matrix, -1.5))
        .isCloseTo(trace, within(tolerance() * Math.max(1, Math.abs(trace))));
    assertClose(matrix, shifted);

    kernels.clearDiagonal(matrix);
    assertClose(matrix, cleared);
  }

  @Test
  void diagonal_needsASquare() {
    Matrix matrix = backend.allocate(2, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.shiftDiagonal(matrix, 1))
        .withMessageContaining("2 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.clearDiagonal(matrix))
        .withMessageContaining("2 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.redundancy(matrix, 1))
        .withMessageContaining("2 x 3");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "33,13"})
  void gateRows_clearsTheRowsOfZeros(int n, int m) {
    double[] gates = random(n, 4);
    double[] values = random(n * m, 5);
    values[0] = Double.POSITIVE_INFINITY;
    double[] expected = values.clone();
    for (int row = 0; row < n; row += 2) {
      gates[row] = 0;
      Arrays.fill(expected, row * m, (row + 1) * m, 0);
    }
    Matrix target = matrix(n, m, values);

    kernels.gateRows(matrix(n, 1, gates), target);

    assertThat(backend.download(target)).isEqualTo(expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.gateRows(backend.allocate(n + 1, 1), target));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,5,7", "3,8,5", "201,33,77"})
  void stack_isUndoneBySplit(int n, int k, int m) {
    double[] first = random(n * m, 6);
    double[] second = random(k * m, 7);
    double[] both = Arrays.copyOf(first, (n + k) * m);
    System.arraycopy(second, 0, both, n * m, k * m);
    Matrix whole = backend.allocate(n + k, m);
    Matrix top = backend.allocate(n, m);
    Matrix bottom = backend.allocate(k, m);

    kernels.stack(matrix(n, m, first), matrix(k, m, second), whole);
    kernels.split(whole, top, bottom);

    assertThat(backend.download(whole)).isEqualTo(both);
    assertThat(backend.download(top)).isEqualTo(first);
    assertThat(backend.download(bottom)).isEqualTo(second);
    Matrix tall = backend.allocate(n + k + 1, m);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.stack(top, bottom, tall))
        .withMessageContaining((n + k + 1) + " x " + m);
    assertThatIllegalArgumentException().isThrownBy(() -> kernels.split(tall, top, bottom));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,3", "5,7", "33,13", "300,40"})
  void centreColumns_takesOffTheMeans(int n, int m) {
    double[] x = random(n * m, 8);
    double[] expected = x.clone();
    Statistics.centreColumns(expected, n, m);
    Matrix source = matrix(n, m, x);
    Matrix target = backend.allocate(n, m);

    kernels.centreColumns(source, target);
    assertClose(target, expected, 1);
    assertClose(source, x);

    kernels.centreColumns(source, source);
    assertClose(source, expected, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.centreColumns(source, backend.allocate(n, m + 1)));
  }

  @Test
  void centreColumns_makesAConstantColumnExactlyZero() {
    double[] x = new double[37 * 2];
    Arrays.fill(x, 0.1f);
    Matrix matrix = matrix(37, 2, x);

    kernels.centreColumns(matrix, matrix);

    assertThat(backend.download(matrix)).isEqualTo(new double[37 * 2]);
  }

  // ---- labelled contrast

  @ParameterizedTest
  @CsvSource({
    "2,1,false",
    "2,1,true",
    "6,3,false",
    "6,3,true",
    "10,4,false",
    "10,4,true",
    "33,1,false",
    "33,1,true",
    "33,40,false",
    "33,40,true",
    "100,7,true",
    "301,20,false"
  })
  void contrastLabelled_isSoftmaxAgainstAllOthers(int n, int classes, boolean inside) {
    double[] s = scaled(random(n * n, 9), 4);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      // far apart and negative, so that no backend may count on small labels
      labels[i] = (i * i % classes - 2) * 1_000_003;
    }
    double[] expected = new double[n * n];
    int anchors = 0;
    for (int i = 0; i < n; i++) {
      anchors += positives(labels, i) > 0 ? 1 : 0;
    }
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      int positives = positives(labels, i);
      if (positives == 0) {
        continue;
      }
      double sum = 0;
      double mass = 0;
      double logs = 0;
      int best = i == 0 ? 1 : 0;
      for (int a = 0; a < n; a++) {
        if (a != i) {
          sum += Math.exp(s[i * n + a]);
          best = s[i * n + a] > s[i * n + best] ? a : best;
        }
      }
      for (int a = 0; a < n; a++) {
        if (a != i && labels[a] == labels[i]) {
          mass += Math.exp(s[i * n + a]) / sum;
          logs += Math.log(Math.exp(s[i * n + a]) / sum);
        }
      }
      loss -= inside ? Math.log(mass / positives) : logs / positives;
      probability += mass;
      wins += labels[best] == labels[i] ? 1 : 0;
      for (int a = 0; a < n; a++) {
        double share = a == i ? 0 : Math.exp(s[i * n + a]) / sum;
        double wanted = inside ? share / mass : 1.0 / positives;
        boolean positive = a != i && labels[a] == labels[i];
        expected[i * n + a] = (share - (positive ? wanted : 0)) / anchors;
      }
    }
    Matrix similarity = matrix(n, n, s);

    ContrastStatistics statistics = kernels.contrastLabelled(similarity, labels, inside);

    assertClose(similarity, expected, 1.0 / n);
    assertThat(statistics.loss())
        .isCloseTo(loss / anchors, within(tolerance() * Math.max(1, loss / anchors)));
    assertThat(statistics.probability()).isCloseTo(probability / anchors, within(tolerance()));
    assertThat(statistics.top1()).isCloseTo((double) wins / anchors, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void contrastLabelled_leavesOutWhoHasNoPositive(boolean inside) {
    Matrix with = matrix(3, 3, new double[] {9, 1, 2, 1, 9, 3, 5, 7, 9});

    ContrastStatistics statistics = kernels.contrastLabelled(with, new int[] {4, 4, 8}, inside);

    double loss = (Math.log(1 + Math.exp(2 - 1)) + Math.log(1 + Math.exp(3 - 1))) / 2;
    assertThat(statistics.loss()).isCloseTo(loss, within(tolerance() * loss));
    assertThat(statistics.top1()).isZero();
    assertThat(Arrays.copyOfRange(backend.download(with), 6, 9)).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void contrastLabelled_ofNoPositivesAtAllIsNoNumber(boolean inside) {
    Matrix similarity = matrix(3, 3, random(9, 10));

    ContrastStatistics statistics =
        kernels.contrastLabelled(similarity, new int[] {1, 2, 3}, inside);

    assertThat(statistics.loss()).isNaN();
    assertThat(backend.download(similarity)).isEqualTo(new double[9]);
  }

  @Test
  void contrastLabelled_insideWantsNothingOfABatchOfOneClass() {
    Matrix similarity = matrix(5, 5, random(25, 11));

    ContrastStatistics statistics =
        kernels.contrastLabelled(similarity, new int[5], /* inside= */ true);

    assertThat(statistics.loss()).isCloseTo(Math.log(4), within(10 * tolerance()));
    assertThat(statistics.probability()).isCloseTo(1, within(tolerance()));
    assertClose(similarity, new double[25], 0.2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void contrastLabelled_standsLargeSimilarities(boolean inside) {
    // the only positive lies 900 below a negative
    double[] s = {0, -450, 450, -450, 0, 450, 450, 450, 0};

    ContrastStatistics statistics =
        kernels.contrastLabelled(matrix(3, 3, s), new int[] {1, 1, 2}, inside);

    assertThat(statistics.loss()).isCloseTo(900, within(1e-3));
    assertThat(statistics.probability()).isCloseTo(0, within(tolerance()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void contrastLabelled_showsWhatIsNotANumber(boolean inside) {
    double[] s = random(16, 12);
    s[1] = Double.NaN;
    Matrix similarity = matrix(4, 4, s);

    ContrastStatistics statistics =
        kernels.contrastLabelled(similarity, new int[] {1, 1, 2, 2}, inside);

    assertThat(statistics.loss()).isNaN();
    assertThat(backend.download(similarity)[2]).isNaN();
    assertThat(backend.download(similarity)[5]).isFinite();
  }

  @Test
  void contrastLabelled_needsASquareAndALabelForEachRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.contrastLabelled(backend.allocate(2, 3), new int[2], true))
        .withMessageContaining("2 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.contrastLabelled(backend.allocate(3, 3), new int[2], true))
        .withMessageContaining("3 x 3")
        .withMessageContaining("2 labels");
  }

  // ---- power contrast

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,3,2,0.5", "7,5,1,0.8", "7,5,2,0.8", "9,2,3,1.5", "33,13,1.5,2"})
  void powerContrast_isSoftmaxOfPowersOfDistances(int n, int m, double power, double temperature) {
    double[] a = random(n * m, 13);
    double[] b = scaled(random(n * m, 14), 0.25);
    for (int i = 0; i < b.length; i++) {
      b[i] = (float) (a[i] + b[i]);
    }
    double[] gradientA = new double[n * m];
    double[] gradientB = new double[n * m];
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      double own = 0;
      for (int k = 0; k < m; k++) {
        own += Math.pow(Math.abs(a[i * m + k] - b[i * m + k]), power) / temperature;
      }
      double[] others = new double[n];
      double sum = Math.exp(-own);
      boolean nearest = true;
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < m; k++) {
          others[j] += Math.pow(Math.abs(a[i * m + k] - a[j * m + k]), power) / temperature;
        }
        sum += Math.exp(-others[j]);
        nearest &= j == i || own < others[j];
      }
      loss += (own + Math.log(sum)) / n;
      probability += Math.exp(-own) / sum / n;
      wins += nearest ? 1 : 0;
      for (int k = 0; k < m; k++) {
        double pull =
            (1 - Math.exp(-own) / sum)
                * slope(a[i * m + k] - b[i * m + k], power)
                / (n * temperature);
        gradientA[i * m + k] += pull;
        gradientB[i * m + k] -= pull;
        for (int j = 0; j < n; j++) {
          double push =
              Math.exp(-others[j])
                  / sum
                  * slope(a[i * m + k] - a[j * m + k], power)
                  / (n * temperature);
          gradientA[i * m + k] -= push;
          gradientA[j * m + k] += push;
        }
      }
    }
    Matrix roomA = matrix(n, m, random(n * m, 15));
    Matrix roomB = matrix(n, m, random(n * m, 15));

    ContrastStatistics statistics =
        kernels.powerContrast(matrix(n, m, a), matrix(n, m, b), power, temperature, roomA, roomB);

    assertClose(roomA, gradientA);
    assertClose(roomB, gradientB);
    assertThat(statistics.loss()).isCloseTo(loss, within(tolerance() * Math.max(1, loss)));
    assertThat(statistics.probability()).isCloseTo(probability, within(tolerance()));
    assertThat(statistics.top1()).isCloseTo((double) wins / n, within(1e-12));
  }

  @Test
  void powerContrast_ofACollapsedBatchIsBlind() {
    Matrix zeros = backend.allocate(4, 3);
    Matrix gradient = matrix(4, 3, random(12, 16));

    ContrastStatistics statistics =
        kernels.powerContrast(zeros, zeros, 1, 0.5, gradient, backend.allocate(4, 3));

    assertThat(statistics.loss()).isCloseTo(Math.log(5), within(10 * tolerance()));
    assertThat(statistics.probability()).isCloseTo(0.2, within(tolerance()));
    assertThat(statistics.top1()).isZero();
    assertThat(backend.download(gradient)).containsOnly(0);
  }

  @Test
  void powerContrast_namesBothShapes() {
    Matrix a = backend.allocate(2, 3);
    Matrix b = backend.allocate(3, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.powerContrast(a, b, 1, 1, a, a))
        .withMessageContaining("2 x 3")
        .withMessageContaining("3 x 3");
    assertThatIllegalArgumentException().isThrownBy(() -> kernels.powerContrast(a, a, 1, 1, b, a));
    assertThatIllegalArgumentException().isThrownBy(() -> kernels.powerContrast(a, a, 1, 1, a, b));
  }

  // ---- distance contrast

  @ParameterizedTest
  @CsvSource({
    "SIMPLE,1,1,1", "SIMPLE,7,3,5", "SIMPLE,33,2,13",
    "TRIPLET,1,1,1", "TRIPLET,7,3,5", "TRIPLET,33,2,13",
    "INFO_NCE,1,1,1", "INFO_NCE,7,3,5", "INFO_NCE,33,2,13"
  })
  void distanceContrast_weighsHalfSquaredDistances(Contrast form, int n, int h, int m) {
    double temperature = 0.7;
    double margin = 0.3;
    double[] f = random(n * m, 17);
    double[] near = random(n * m, 18);
    double[] far = random(n * h * m, 19);
    double[] gradient = new double[n * m];
    double[] nearGradient = new double[n * m];
    double[] farGradient = new double[n * h * m];
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      double r = halfSquare(f, i, near, i, m);
      double[] rk = new double[h];
      double sum = Math.exp(-r / temperature);
      boolean nearest = true;
      for (int k = 0; k < h; k++) {
        rk[k] = halfSquare(f, i, far, i * h + k, m);
        sum += Math.exp(-rk[k] / temperature);
        nearest &= r < rk[k];
      }
      double p = Math.exp(-r / temperature) / sum;
      probability += p / n;
      wins += nearest ? 1 : 0;
      double pull = form == Contrast.SIMPLE ? 1 : (1 - p) / temperature;
      loss += form == Contrast.SIMPLE ? r / n : 0;
      loss -= form == Contrast.INFO_NCE ? Math.log(p) / n : 0;
      double[] push = new double[h];
      for (int k = 0; k < h; k++) {
        double x = (r - rk[k] + margin) / temperature;
        switch (form) {
          case SIMPLE -> {
            loss -= rk[k] / h / n;
            push[k] = -1.0 / h;
          }
          case TRIPLET -> {
            loss += temperature * Math.log(1 + Math.exp(x)) / h / n;
            push[k] = -1 / (1 + Math.exp(-x)) / h;
          }
          case INFO_NCE -> push[k] = -Math.exp(-rk[k] / temperature) / sum / temperature;
        }
      }
      pull = form == Contrast.TRIPLET ? -Arrays.stream(push).sum() : pull;
      for (int c = 0; c < m; c++) {
        double d = f[i * m + c] - near[i * m + c];
        gradient[i * m + c] += pull * d / n;
        nearGradient[i * m + c] = -pull * d / n;
        for (int k = 0; k < h; k++) {
          double away = f[i * m + c] - far[(i * h + k) * m + c];
          gradient[i * m + c] += push[k] * away / n;
          farGradient[(i * h + k) * m + c] = -push[k] * away / n;
        }
      }
    }
    Matrix room = matrix(n, m, random(n * m, 20));
    Matrix nearRoom = matrix(n, m, random(n * m, 20));
    Matrix farRoom = matrix(n * h, m, random(n * h * m, 20));

    ContrastStatistics statistics =
        kernels.distanceContrast(
            form,
            matrix(n, m, f),
            matrix(n, m, near),
            matrix(n * h, m, far),
            temperature,
            margin,
            room,
            nearRoom,
            farRoom);

    assertClose(room, gradient);
    assertClose(nearRoom, nearGradient);
    assertClose(farRoom, farGradient);
    assertThat(statistics.loss())
        .isCloseTo(loss, within(tolerance() * Math.max(1, Math.abs(loss))));
    assertThat(statistics.top1()).isCloseTo((double) wins / n, within(1e-12));
    if (form == Contrast.INFO_NCE) {
      assertThat(statistics.probability()).isCloseTo(probability, within(tolerance()));
    } else {
      assertThat(StepReport.isAbsent(statistics.probability())).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"TRIPLET,2000", "INFO_NCE,2000"})
  void distanceContrast_standsDistancesFarAboveTheTemperature(Contrast form, double loss) {
    // r = 2, r_1 = 0
    Matrix anchor = backend.allocate(1, 1);
    ContrastStatistics statistics =
        kernels.distanceContrast(
            form,
            anchor,
            matrix(1, 1, new double[] {2}),
            backend.allocate(1, 1),
            1e-3,
            0,
            backend.allocate(1, 1),
            backend.allocate(1, 1),
            backend.allocate(1, 1));

    // the triplet's is in the unit of the distances
    assertThat(statistics.loss())
        .isCloseTo(form == Contrast.TRIPLET ? loss * 1e-3 : loss, within(tolerance() * loss));
    assertThat(statistics.top1()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE,0", "TRIPLET,0.34657359027997264", "INFO_NCE,1.3862943611198906"})
  void distanceContrast_givesADeadRepresentationNothing(Contrast form, double loss) {
    Matrix zeros = backend.allocate(2, 3);
    Matrix others = backend.allocate(6, 3);

    ContrastStatistics statistics =
        kernels.distanceContrast(
            form,
            zeros,
            zeros,
            others,
            0.5,
            0,
            backend.allocate(2, 3),
            backend.allocate(2, 3),
            backend.allocate(6, 3));

    assertThat(statistics.loss()).isCloseTo(loss, within(tolerance()));
    assertThat(statistics.top1()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE", "TRIPLET", "INFO_NCE"})
  void distanceContrast_showsWhatIsNotANumber(Contrast form) {
    Matrix far = matrix(4, 1, new double[] {1, 2, 3, Double.NaN});
    Matrix near = matrix(2, 1, new double[] {1, 2});

    ContrastStatistics statistics =
        kernels.distanceContrast(
            form,
            near,
            near,
            far,
            0.5,
            0,
            backend.allocate(2, 1),
            backend.allocate(2, 1),
            backend.allocate(4, 1));

    assertThat(statistics.loss()).isNaN();
    assertThat(statistics.top1()).isZero();
  }

  @Test
  void distanceContrast_namesTheShapes() {
    Matrix a = backend.allocate(2, 3);
    Matrix odd = backend.allocate(5, 3);
    Matrix four = backend.allocate(4, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.distanceContrast(Contrast.SIMPLE, a, a, odd, 1, 0, a, a, odd))
        .withMessageContaining("2 x 3")
        .withMessageContaining("5 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.distanceContrast(Contrast.SIMPLE, a, four, four, 1, 0, a, a, a));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.distanceContrast(Contrast.SIMPLE, a, a, four, 1, 0, a, a, a));
  }

  // ---- moments

  @ParameterizedTest
  @CsvSource({"2,1", "5,7", "33,13", "300,40"})
  void varianceHinge_pullsUpTheStandardDeviations(int n, int m) {
    double epsilon = 1e-4;
    double[] z = random(n * m, 21);
    double[] start = random(n * m, 22);
    for (int i = 0; i < z.length; i++) {
      // from well under to well over the hinge, and the last column constant
      double width = i % m == m - 1 && m > 1 ? 0 : 0.3 + (i % m) * 0.3;
      z[i] = (float) (3 + width * z[i]);
    }
    double[] expected = start.clone();
    double loss = 0;
    for (int j = 0; j < m; j++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += z[i * m + j] / n;
      }
      double variance = 0;
      for (int i = 0; i < n; i++) {
        variance += (z[i * m + j] - mean) * (z[i * m + j] - mean) / (n - 1);
      }
      double deviation = Math.sqrt(variance + epsilon);
      loss += Math.max(0, 1 - deviation) / m;
      for (int i = 0; i < n && deviation < 1; i++) {
        expected[i * m + j] -= 0.5 * (z[i * m + j] - mean) / (deviation * (n - 1) * m);
      }
    }
    Matrix gradient = matrix(n, m, start);

    double hinge = kernels.varianceHinge(matrix(n, m, z), epsilon, 0.5, gradient);

    assertThat(hinge).isCloseTo(loss, within(tolerance()));
    assertClose(gradient, expected);
  }

  @Test
  void varianceHinge_ofACollapsedBatchIsOneLessTheFloor() {
    Matrix gradient = backend.allocate(3, 2);
    Matrix constant = matrix(3, 2, new double[] {5, 7, 5, 7, 5, 7});

    assertThat(kernels.varianceHinge(constant, 1e-4, 1, gradient))
        .isCloseTo(0.99, within(tolerance()));
    assertThat(backend.download(gradient)).containsOnly(0);
  }

  @Test
  void varianceHinge_showsWhatIsNotANumber() {
    Matrix gradient = backend.allocate(2, 2);
    Matrix z = matrix(2, 2, new double[] {1, Double.NaN, 2, 3});

    assertThat(kernels.varianceHinge(z, 1e-4, 1, gradient)).isNaN();
    assertThat(backend.download(gradient)[1]).isNaN();
  }

  @Test
  void varianceHinge_needsTwoRows() {
    Matrix row = backend.allocate(1, 4);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels.varianceHinge(row, 1e-4, 1, row))
        .withMessageContaining("1 x 4");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> kernels.varianceHinge(backend.allocate(3, 4), 1e-4, 1, backend.allocate(3, 5)))
        .withMessageContaining("3 x 4")
        .withMessageContaining("3 x 5");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 33})
  void redundancy_wantsOnesOnTheDiagonalAndZerosOffIt(int m) {
    double lambda = 0.005;
    double[] c = random(m * m, 23);
    double[] expected = new double[m * m];
    double loss = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        double entry = c[i * m + j];
        loss += i == j ? (1 - entry) * (1 - entry) : lambda * entry * entry;
        expected[i * m + j] = i == j ? -2 * (1 - entry) : 2 * lambda * entry;
      }
    }
    Matrix correlation = matrix(m, m, c);

    assertThat(kernels.redundancy(correlation, lambda)).isCloseTo(loss, within(tolerance() * loss));
    assertClose(correlation, expected);
  }

  // ---- what the tests are written in

  private Matrix matrix(int rows, int columns, double[] values) {
    Matrix matrix = backend.allocate(rows, columns);
    backend.upload(values, matrix);
    return matrix;
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

  /** By a power of two, so that float32 still holds them. */
  private static double[] scaled(double[] values, double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= by;
    }
    return values;
  }

  private static int positives(int[] labels, int anchor) {
    int count = 0;
    for (int a = 0; a < labels.length; a++) {
      count += a != anchor && labels[a] == labels[anchor] ? 1 : 0;
    }
    return count;
  }

  private static double slope(double x, double power) {
    return power * Math.pow(Math.abs(x), power - 1) * Math.signum(x);
  }

  private static double halfSquare(double[] a, int rowA, double[] b, int rowB, int m) {
    double sum = 0;
    for (int c = 0; c < m; c++) {
      double d = a[rowA * m + c] - b[rowB * m + c];
      sum += d * d / 2;
    }
    return sum;
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
