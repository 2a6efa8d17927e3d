package dev.sluice.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import dev.sluice.data.GreyImage;
import dev.sluice.data.PhotoPatches;
import dev.sluice.data.SparseCoding;
import dev.sluice.data.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedPairsTest {
  private static final int INPUTS = 150;
  private static final int FEATURES = 12;
  private static final double VARIANCE = 0.06;

  private final Backend backend = new ReferenceBackend();
  private final SparseCoding source =
      new SparseCoding(7, INPUTS, SparseCoding.equalProbabilities(FEATURES, 2), VARIANCE);
  private final MaskedPairs pairs = new MaskedPairs(backend, 7, source, source.negatives());

  @Test
  void complementaryViewsShareNoCoordinateAndAverageToTheAnchor() {
    PairBatch batch = fill(200, complementary(), 3);
    double[] view0 = backend.download(batch.view0());
    double[] view1 = backend.download(batch.view1());
    double[] anchors = anchors(3, 200);
    double[] mean = new double[anchors.length];
    for (int i = 0; i < anchors.length; i++) {
      assertThat(view0[i] == 0 || view1[i] == 0).isTrue();
      mean[i] = (view0[i] + view1[i]) / 2;
    }
    assertThat(mean).isEqualTo(anchors);
    assertThat(batch.averageToAnchor()).isTrue();
    assertThat(batch.step()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "0.1, 0.5",
    "0.5, 0.5",
    "1, 0.5",
    "0, 0.3",
    "0.25, 0.7",
    "1, 0.2",
    "0.9, 0.95"
  })
  void masksKeepAndOverlapAsOftenAsAskedAndAreUnbiased(double overlap, double keep) {
    int rows = 1500;
    Views views = new Views(true, overlap, keep);
    PairBatch batch = fill(rows, views, 0);
    double[] x = anchors(0, rows);
    double[] view0 = backend.download(batch.view0());
    double[] view1 = backend.download(batch.view1());
    double kept0 = 0;
    double kept1 = 0;
    double agree = 0;
    double lag = 0;
    double worst = 0;
    int n = x.length;
    for (int i = 0; i < n; i++) {
      double mask0 = view0[i] == 0 ? 0 : 1;
      double mask1 = view1[i] == 0 ? 0 : 1;
      worst = Math.max(worst, Math.abs(view0[i] - mask0 * views.scale0() * x[i]));
      worst = Math.max(worst, Math.abs(view1[i] - mask1 * views.scale1() * x[i]));
      kept0 += mask0;
      kept1 += mask1;
      agree += mask0 == mask1 ? 1 : 0;
      lag += i == 0 ? 0 : (mask0 - keep) * ((view0[i - 1] == 0 ? 0 : 1) - keep);
    }
    double error = 4.5 * 0.5 / Math.sqrt(n);
    assertThat(worst).isLessThan(1e-5);
    assertThat(kept0 / n).isCloseTo(keep, within(error));
    assertThat(kept0 / n * views.scale0()).isCloseTo(1, within(error * views.scale0()));
    assertThat(kept1 / n * views.scale1()).isCloseTo(1, within(error * views.scale1()));
    assertThat(agree / n).isCloseTo(overlap, within(overlap % 1 == 0 ? 0 : error));
    assertThat(lag / n).isCloseTo(0, within(error));
    assertThat(batch.averageToAnchor()).isEqualTo(overlap == 0 && keep == 0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 1})
  void whereHalfIsKeptTheFactorIsTwoAtAnyOverlap(double overlap) {
    PairBatch batch = fill(30, new Views(true, overlap, 0.5), 1);
    double[] x = anchors(1, 30);
    for (Matrix view : List.of(batch.view0(), batch.view1())) {
      double[] values = backend.download(view);
      for (int i = 0; i < x.length; i++) {
        assertThat(values[i]).isIn(0.0, -0.0, 2 * x[i]);
      }
    }
  }

  @Test
  void withoutAugmentationBothViewsAreTheAnchor() {
    PairBatch batch = fill(40, new Views(false, 0, 0.5), 2);
    assertThat(backend.download(batch.view0())).isEqualTo(anchors(2, 40));
    assertThat(backend.download(batch.view1())).isEqualTo(anchors(2, 40));
    assertThat(batch.averageToAnchor()).isTrue();
    int k = batch.shape().probeRows();
    double[] probe = backend.download(batch.probe());
    int half = k * INPUTS;
    assertThat(Arrays.copyOfRange(probe, half, 2 * half))
        .isEqualTo(Arrays.copyOfRange(probe, 2 * half, 3 * half));
  }

  @Test
  void overlapMovesTheSecondMaskOnlyAndCoordinateByCoordinate() {
    double[] low = masks(fill(50, new Views(true, 0.2, 0.5), 1));
    double[] high = masks(fill(50, new Views(true, 0.6, 0.5), 1));
    double[] none = masks(fill(50, complementary(), 1));
    int half = low.length / 2;
    for (int i = 0; i < half; i++) {
      assertThat(low[i]).isEqualTo(none[i]);
      assertThat(high[i]).isEqualTo(none[i]);
      boolean flippedLow = low[half + i] != none[half + i];
      boolean flippedHigh = high[half + i] != none[half + i];
      assertThat(!flippedLow || flippedHigh).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 400})
  void probeRowsHoldAnchorsAndMaskedSparseParts(int rows) {
    Views views = new Views(true, 0.3, 0.6);
    PairBatch batch = fill(rows, views, 5);
    int k = batch.shape().probeRows();
    float[] x = new float[k * INPUTS];
    float[] signal = new float[k * INPUTS];
    source.draw(5, 0, k, x, signal, null);
    double[] probe = backend.download(batch.probe());
    double[] view0 = backend.download(batch.view0());
    double[] view1 = backend.download(batch.view1());
    int size = k * INPUTS;
    assertThat(probe).hasSize(3 * size);
    for (int i = 0; i < size; i++) {
      assertThat(probe[i]).isEqualTo(x[i]);
      double factor0 = view0[i] == 0 ? 0 : (float) views.scale0();
      double factor1 = view1[i] == 0 ? 0 : (float) views.scale1();
      assertThat(probe[size + i]).isCloseTo(signal[i] * factor0, within(1e-6));
      assertThat(probe[2 * size + i]).isCloseTo(signal[i] * factor1, within(1e-6));
    }
  }

  @Test
  void negativesAreFreshAndUnmasked() {
    PairBatch batch = new PairBatch(backend, BatchShape.of(32, INPUTS, 70, true));
    pairs.fill(9, complementary(), batch);
    float[] expected = new float[70 * INPUTS];
    source.negatives().draw(9, 0, 70, expected, null, null);
    assertThat(backend.download(present(batch.negatives()))).isEqualTo(widened(expected));
    MaskedPairs without = new MaskedPairs(backend, 7, source, null);
    assertThatThrownBy(() -> without.fill(9, complementary(), batch))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void evaluationRowsDoNotDependOnTheirNumberAndKeepTheirMasks() {
    Views views = new Views(true, 0.4, 0.5);
    EvaluationBatch small = evaluation(64, views);
    EvaluationBatch large = evaluation(300, views);
    assertPrefix(small.anchors(), large.anchors());
    assertPrefix(small.view0(), large.view0());
    assertPrefix(small.view1(), large.view1());
    assertPrefix(present(small.signal()), present(large.signal()));
    assertPrefix(present(small.signal0()), present(large.signal0()));
    assertPrefix(present(small.signal1()), present(large.signal1()));
    float[] x = new float[300 * INPUTS];
    float[] signal = new float[300 * INPUTS];
    float[] latents = new float[300 * FEATURES];
    source.draw(AnchorSource.EVALUATION, 0, 300, x, signal, latents);
    assertThat(backend.download(large.anchors())).isEqualTo(widened(x));
    assertThat(backend.download(present(large.signal()))).isEqualTo(widened(signal));
    assertThat(large.latents()).isEqualTo(widened(latents));
    // the masks of the sparse part are those of the whole
    double[] view0 = backend.download(large.view0());
    double[] signal0 = backend.download(present(large.signal0()));
    for (int i = 0; i < view0.length; i++) {
      if (view0[i] == 0) {
        assertThat(signal0[i]).isZero();
      }
    }
    EvaluationBatch moved = evaluation(300, complementary());
    assertThat(backend.download(moved.anchors())).isEqualTo(widened(x));
    assertThat(backend.download(moved.view1())).isNotEqualTo(backend.download(large.view1()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 1})
  void inputCorrelationsAreThoseOfTheTheory(double overlap) {
    int inputs = 256;
    int features = 16;
    int n = 2000;
    SparseCoding wide =
        new SparseCoding(2, inputs, SparseCoding.equalProbabilities(features, 2), VARIANCE);
    EvaluationBatch batch = EvaluationBatch.masked(backend, n, inputs, features);
    new MaskedPairs(backend, 2, wide, null).fill(new Views(true, overlap, 0.5), batch);
    double[] signal0 = backend.download(present(batch.signal0()));
    double[] signal1 = backend.download(present(batch.signal1()));
    double[] dense0 = minus(backend.download(batch.view0()), signal0);
    double[] dense1 = minus(backend.download(batch.view1()), signal1);
    Dictionary m = wide.dictionary();
    double sparse = pooled(projected(signal0, n, m, false), projected(signal1, n, m, false), n);
    double dense = pooled(projected(dense0, n, m, true), projected(dense1, n, m, true), n);
    double q = (features + 2.0) / (inputs + 2.0);
    assertThat(dense).isCloseTo(overlap, within(0.01));
    assertThat(sparse).isCloseTo((1 + (2 * overlap - 1) * q) / (1 + q), within(0.01));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void crossMomentsOfPhotoViewsAreTheSharedPartAndTwiceTheOverlapOfThePrivateOne(double overlap) {
    int side = 6;
    int inputs = side * side;
    int rows = 20_000;
    PhotoPatches photos = new PhotoPatches(1, List.of(smooth(3)), side, Whitening.NONE);
    PairBatch batch = new PairBatch(backend, BatchShape.of(rows, inputs, 0, false));
    new MaskedPairs(backend, 5, photos, null).fill(0, new Views(true, overlap, 0.5), batch);
    double[] view0 = backend.download(batch.view0());
    double[] view1 = backend.download(batch.view1());
    float[] x = new float[rows * inputs];
    photos.draw(0, 0, rows, x, null, null);
    double[] cross = new double[inputs * inputs];
    double[] moments = new double[inputs * inputs];
    for (int r = 0; r < rows; r++) {
      for (int a = 0; a < inputs; a++) {
        for (int b = 0; b < inputs; b++) {
          cross[a * inputs + b] += view0[r * inputs + a] * view1[r * inputs + b] / rows;
          moments[a * inputs + b] += (double) x[r * inputs + a] * x[r * inputs + b] / rows;
        }
      }
    }
    for (int a = 0; a < inputs; a++) {
      for (int b = 0; b < inputs; b++) {
        double expected = (a == b ? 2 * overlap : 1) * moments[a * inputs + b];
        assertThat(cross[a * inputs + b]).isCloseTo(expected, within(0.015));
      }
    }
  }

  @Test
  void batchesDoNotDependOnWhoFillsThemOrWhen() throws InterruptedException, ExecutionException {
    int steps = 12;
    List<String> inOrder = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      inOrder.add(BatchHash.of(backend, fill(96, someViews(step), step)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<String>> hashes = new ArrayList<>();
      for (int step = steps - 1; step >= 0; step--) {
        int now = step;
        hashes.add(
            0,
            threads.submit(
                () -> {
                  MaskedPairs own = new MaskedPairs(backend, 7, source, null);
                  PairBatch batch = new PairBatch(backend, BatchShape.of(96, INPUTS, 0, true));
                  own.fill(now + 1, complementary(), batch);
                  own.fill(now, someViews(now), batch);
                  return BatchHash.of(backend, batch);
                }));
      }
      for (int step = 0; step < steps; step++) {
        assertThat(hashes.get(step).get()).isEqualTo(inOrder.get(step));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(inOrder).doesNotHaveDuplicates();
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    PairBatch narrow = new PairBatch(backend, BatchShape.of(16, 10, 0, true));
    assertThatThrownBy(() -> pairs.fill(0, complementary(), narrow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batches are 10 wide, ground truth true; the source is 150 wide, ground truth true");
    PairBatch blind = new PairBatch(backend, BatchShape.of(16, INPUTS, 0, false));
    assertThatThrownBy(() -> pairs.fill(0, complementary(), blind))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Views complementary() {
    return new Views(true, 0, 0.5);
  }

  static Views someViews(int step) {
    return switch (step % 4) {
      case 0 -> complementary();
      case 1 -> new Views(true, 0.37, 0.5);
      case 2 -> new Views(true, 0.37, 0.8);
      default -> new Views(false, 0, 0.5);
    };
  }

  /** A texture with neighbours alike. */
  static GreyImage smooth(long seed) {
    dev.sluice.compute.CounterStream stream =
        new dev.sluice.compute.CounterStream(seed, dev.sluice.compute.Purpose.POOL, 99);
    int side = 120;
    float[] pixels = new float[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        float sum = 0;
        for (int dy = 0; dy < 3; dy++) {
          for (int dx = 0; dx < 3; dx++) {
            sum += (float) stream.uniform((y + dy) * 200L + x + dx);
          }
        }
        pixels[y * side + x] = sum / 9;
      }
    }
    return new GreyImage("texture " + seed, side, side, pixels);
  }

  private PairBatch fill(int rows, Views views, long step) {
    PairBatch batch = new PairBatch(backend, BatchShape.of(rows, INPUTS, 0, true));
    pairs.fill(step, views, batch);
    return batch;
  }

  private EvaluationBatch evaluation(int samples, Views views) {
    EvaluationBatch batch = EvaluationBatch.masked(backend, samples, INPUTS, FEATURES);
    pairs.fill(views, batch);
    return batch;
  }

  private double[] anchors(long step, int rows) {
    float[] x = new float[rows * INPUTS];
    source.draw(step, 0, rows, x, null, null);
    return widened(x);
  }

  /** 0 or 1 for every coordinate of the first, then of the second views. */
  private double[] masks(PairBatch batch) {
    double[] view0 = backend.download(batch.view0());
    double[] view1 = backend.download(batch.view1());
    double[] masks = new double[2 * view0.length];
    for (int i = 0; i < view0.length; i++) {
      masks[i] = view0[i] == 0 ? 0 : 1;
      masks[view0.length + i] = view1[i] == 0 ? 0 : 1;
    }
    return masks;
  }

  private void assertPrefix(Matrix small, Matrix large) {
    double[] expected = backend.download(small);
    assertThat(Arrays.copyOf(backend.download(large), expected.length)).isEqualTo(expected);
  }

  /** M'e of every row, or e - M M'e. */
  private static double[] projected(double[] rows, int n, Dictionary m, boolean complement) {
    int width = m.inputs();
    int d = m.features();
    double[] result = new double[n * (complement ? width : d)];
    for (int r = 0; r < n; r++) {
      double[] inner = new double[d];
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < d; j++) {
          inner[j] += m.entry(i, j) * rows[r * width + i];
        }
      }
      if (!complement) {
        System.arraycopy(inner, 0, result, r * d, d);
        continue;
      }
      for (int i = 0; i < width; i++) {
        double rest = rows[r * width + i];
        for (int j = 0; j < d; j++) {
          rest -= m.entry(i, j) * inner[j];
        }
        result[r * width + i] = rest;
      }
    }
    return result;
  }

  private static double pooled(double[] p, double[] q, int n) {
    int columns = p.length / n;
    double covariance = 0;
    double variance0 = 0;
    double variance1 = 0;
    for (int c = 0; c < columns; c++) {
      double mean0 = 0;
      double mean1 = 0;
      for (int r = 0; r < n; r++) {
        mean0 += p[r * columns + c] / n;
        mean1 += q[r * columns + c] / n;
      }
      for (int r = 0; r < n; r++) {
        double a = p[r * columns + c] - mean0;
        double b = q[r * columns + c] - mean1;
        covariance += a * b;
        variance0 += a * a;
        variance1 += b * b;
      }
    }
    return covariance / Math.sqrt(variance0 * variance1);
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static Matrix present(Matrix matrix) {
    assertThat(matrix).isNotNull();
    return matrix;
  }
}
