package dev.sluice.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PhotoPatchesTest {
  private static PhotoPatches raw;
  private static PhotoPatches zca;

  @BeforeAll
  static void cutOnce() {
    List<GreyImage> photos = ImageFolder.shipped().images();
    raw = new PhotoPatches(0, photos, 12, Whitening.NONE);
    zca = new PhotoPatches(0, photos, 12, Whitening.ZCA);
  }

  @Test
  void theSpectrumOfRawPatchesIsTheReferences() {
    double[] moments = moments(raw);
    double trace = 0;
    for (int i = 0; i < 144; i++) {
      trace += moments[i * 144 + i];
    }
    assertThat(trace).isCloseTo(144 * 0.35 * 0.35, within(0.15));
    double[] whole = SymmetricEigen.values(moments, 144);
    assertThat(whole[0]).isCloseTo(2.86, within(0.06));
    assertThat(whole[1]).isCloseTo(1.95, within(0.05));
    assertThat(whole[2]).isCloseTo(0.96, within(0.03));
    double[] off = moments.clone();
    for (int i = 0; i < 144; i++) {
      off[i * 145] = 0;
    }
    double[] shared = SymmetricEigen.values(off, 144);
    assertThat(shared[0]).isCloseTo(2.72, within(0.06));
    assertThat(shared[1]).isCloseTo(1.82, within(0.05));
    assertThat(shared[2]).isCloseTo(0.84, within(0.03));
    assertThat(Arrays.stream(shared).filter(value -> value > 0.01).count()).isBetween(24L, 28L);
  }

  @Test
  void everyPatchHasMeanZeroAndAllHaveOneDeviation() {
    float[] x = evaluation(raw, 500);
    for (int r = 0; r < 500; r++) {
      double sum = 0;
      for (int i = 0; i < 144; i++) {
        sum += x[r * 144 + i];
      }
      assertThat(sum / 144).isCloseTo(0, within(1e-6));
    }
    assertThat(deviation(evaluation(raw, 2048))).isCloseTo(0.35, within(0.005));
    assertThat(deviation(evaluation(zca, 2048))).isCloseTo(0.35, within(0.005));
  }

  @Test
  void whiteningFlattensTheSpectrumButForItsFloor() {
    double[] before = SymmetricEigen.values(moments(raw), 144);
    double[] after = SymmetricEigen.values(moments(zca), 144);
    assertThat(before[0] / before[60]).isGreaterThan(40);
    assertThat(after[0] / after[60]).isLessThan(before[0] / before[60] / 5);
    // V = (L + 0.3 mean L)^(-1/2): variances L / (L + 0.3 mean L) up to one factor
    double mean = Arrays.stream(before).sum() / 144;
    double factor = after[0] / (before[0] / (before[0] + 0.3 * mean));
    for (int k = 0; k < 143; k++) {
      double expected = factor * before[k] / (before[k] + 0.3 * mean);
      assertThat(after[k]).isCloseTo(expected, within(0.02 * factor));
    }
  }

  @Test
  void whiteningIsZeroPhase() {
    // V is symmetric and nearly a multiple of 1: a whitened patch still looks like the patch
    float[] x = evaluation(raw, 200);
    float[] y = evaluation(zca, 200);
    double dot = 0;
    double squareX = 0;
    double squareY = 0;
    for (int i = 0; i < x.length; i++) {
      dot += x[i] * y[i];
      squareX += x[i] * x[i];
      squareY += y[i] * y[i];
    }
    assertThat(dot / Math.sqrt(squareX * squareY)).isGreaterThan(0.7);
  }

  @Test
  void evaluationComesInOrderAndTrainingByIndex() {
    float[] all = evaluation(raw, 2048);
    float[] some = new float[3 * 144];
    raw.draw(AnchorSource.EVALUATION, 70, 3, some, null, null);
    assertThat(some).isEqualTo(Arrays.copyOfRange(all, 70 * 144, 73 * 144));
    float[] step = new float[64 * 144];
    raw.draw(4, 0, 64, step, null, null);
    float[] row = new float[144];
    raw.draw(4, 31, 1, row, null, null);
    assertThat(row).isEqualTo(Arrays.copyOfRange(step, 31 * 144, 32 * 144));
    float[] other = new float[64 * 144];
    raw.draw(5, 0, 64, other, null, null);
    assertThat(other).isNotEqualTo(step);
    raw.negatives().draw(4, 0, 64, other, null, null);
    assertThat(other).isNotEqualTo(step);
    raw.draw(AnchorSource.PROBE_TRAINING, 0, 64, other, null, null);
    assertThat(other).isNotEqualTo(step);
  }

  @Test
  void imagesAreEquallyLikelyWhateverTheirSize() {
    GreyImage wide = texture("wide", 400, 300, 0, 0.2f);
    GreyImage narrow = texture("narrow", 20, 20, 1, 0.6f);
    PhotoPatches patches = new PhotoPatches(1, List.of(wide, narrow), 6, Whitening.NONE);
    float[] x = new float[10_000 * 36];
    patches.draw(0, 0, 10_000, x, null, null);
    // stronger contrast survives the floor of the normalisation with a larger norm
    int strong = 0;
    for (int r = 0; r < 10_000; r++) {
      double square = 0;
      for (int i = 0; i < 36; i++) {
        square += x[r * 36 + i] * x[r * 36 + i];
      }
      strong += square > 4.33 ? 1 : 0;
    }
    assertThat(strong / 10_000.0).isCloseTo(0.5, within(0.03));
  }

  @Test
  void flatAndSmallImagesAreRefused() {
    GreyImage flat = new GreyImage("flat.png", 30, 30, new float[900]);
    assertThatThrownBy(() -> new PhotoPatches(0, List.of(flat), 12, Whitening.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("images are nearly flat: of 4204800 patches 0 have");
    assertThatThrownBy(() -> new PhotoPatches(0, List.of(flat), 31, Whitening.NONE))
        .hasMessage("flat.png has 30 x 30 pixels, patches need at least 31 each way");
    assertThatThrownBy(() -> new PhotoPatches(0, List.of(), 12, Whitening.NONE))
        .hasMessage("patches need at least one image, given none");
    assertThatThrownBy(() -> raw.draw(0, 0, 1, new float[144], new float[144], null))
        .hasMessage("photos have no known dictionary");
    assertThatThrownBy(() -> raw.draw(AnchorSource.EVALUATION, 2048, 1, new float[144], null, null))
        .hasMessage("evaluation patches end at 2048: 2049");
  }

  static GreyImage texture(String name, int width, int height, long seed, float contrast) {
    dev.sluice.compute.CounterStream stream =
        new dev.sluice.compute.CounterStream(seed, dev.sluice.compute.Purpose.POOL, 99);
    float[] pixels = new float[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 0.5f + contrast * ((float) stream.uniform(i) - 0.5f);
    }
    return new GreyImage(name, width, height, pixels);
  }

  private static float[] evaluation(PhotoPatches patches, int rows) {
    float[] x = new float[rows * patches.inputs()];
    patches.draw(AnchorSource.EVALUATION, 0, rows, x, null, null);
    return x;
  }

  /** E x x' over 40,000 draws of training steps. */
  private static double[] moments(PhotoPatches patches) {
    float[] x = new float[40_000 * 144];
    patches.draw(0, 0, 40_000, x, null, null);
    return ZeroPhase.secondMoments(x, 144, 40_000);
  }

  private static double deviation(float[] x) {
    double sum = 0;
    double squares = 0;
    for (float value : x) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / x.length;
    return Math.sqrt(squares / x.length - mean * mean);
  }
}
