package dev.sluice.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.compute.Statistics;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Gaussian;
import dev.sluice.data.GaussianClasses;
import dev.sluice.data.GrowingBlobs;
import dev.sluice.data.Hypercube;
import dev.sluice.data.LatentPairs;
import dev.sluice.data.LatentSphere;
import dev.sluice.data.LatentTree;
import dev.sluice.data.Mixing;
import dev.sluice.data.RootPosterior;
import dev.sluice.data.ShiftedPatch;
import dev.sluice.data.SparseCoding;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two views of a pair share and what they do not, against the laws of their systems. */
class PairStatisticsTest {
  private static final int ROWS = 20_000;
  private static final double ERROR = 4.5 / Math.sqrt(ROWS);

  private final Backend backend = new ReferenceBackend();

  @Test
  void leavesOfTheTwoViewsCorrelateThroughTheRootAlone() {
    LatentTree tree = new LatentTree(2, 3, 0.7);
    TreePairs pairs = new TreePairs(backend, 2, tree, 1);
    Filled filled = new Filled(pairs, ROWS);
    for (int a = 0; a < 8; a++) {
      double[] leaf = filled.column0(a);
      assertThat(Statistics.mean(leaf)).isCloseTo(0.5, within(ERROR / 2));
      for (int b = 0; b < 8; b++) {
        assertThat(correlation(leaf, filled.column1(b)))
            .isCloseTo(toRoot(tree, a) * toRoot(tree, b), within(ERROR));
      }
    }
  }

  @Test
  void latentsOfATreeAreTheStatesAboveItsLeaves() {
    LatentTree tree = new LatentTree(2, 3, 0.7);
    Filled filled = new Filled(new TreePairs(backend, 2, tree, 1), ROWS);
    for (int node = 1; node < 7; node++) {
      assertThat(correlation(filled.latent(node), filled.latent((node - 1) / 2)))
          .isCloseTo(tree.polarity(node), within(ERROR));
    }
    for (int leaf = 0; leaf < 8; leaf++) {
      assertThat(correlation(filled.column0(leaf), filled.latent((leaf + 6) / 2)))
          .isCloseTo(tree.polarity(leaf + 7), within(ERROR));
      assertThat(correlation(filled.column1(leaf), filled.latent(0)))
          .isCloseTo(toRoot(tree, leaf), within(ERROR));
    }
    // the second view has the root's state and nothing else of the first
    double afterRoot = toRoot(tree, 0) * tree.polarity(1);
    assertThat(correlation(filled.column1(0), filled.latent(1)))
        .isCloseTo(afterRoot, within(ERROR));
  }

  @Test
  void theCeilingOfATreeIsNearThatOfTheReference() {
    double sum = 0;
    for (long seed = 0; seed < 12; seed++) {
      LatentTree tree = new LatentTree(seed, 5, 0.8);
      Filled filled = new Filled(new TreePairs(backend, seed, tree, 1), 2000);
      sum += new RootPosterior(tree).ceiling(filled.view0, filled.latents) / 12;
    }
    // 0.933 +- 0.023 over three seeds of another generator
    assertThat(sum).isCloseTo(0.933, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void negativesOfATreeHaveRootsOfTheirOwn(int negativesPerPair) {
    LatentTree tree = new LatentTree(4, 2, 0.9);
    TreePairs pairs = new TreePairs(backend, 4, tree, negativesPerPair);
    assertThat(pairs.negativesPerPair()).isEqualTo(negativesPerPair);
    PairBatch batch = new PairBatch(backend, pairs.shape(ROWS));
    pairs.fill(3, new Views(true, 0, 0.5), batch);
    double[] view0 = backend.download(batch.view0());
    double[] negatives = backend.download(Objects.requireNonNull(batch.negatives()));
    assertThat(negatives).hasSize(ROWS * negativesPerPair * 4);
    double[] leaf = column(view0, 4, 1);
    for (int h = 0; h < negativesPerPair; h++) {
      double[] negative = column(negatives, 4 * negativesPerPair, 4 * h + 1);
      assertThat(correlation(leaf, negative)).isCloseTo(0, within(ERROR));
      double[] cousin = column(negatives, 4 * negativesPerPair, 4 * h + 2);
      assertThat(correlation(negative, cousin))
          .isCloseTo(toRoot(tree, 1) * toRoot(tree, 2), within(ERROR));
    }
    assertThatThrownBy(() -> new TreePairs(backend, 4, tree, -1))
        .hasMessage("negatives per pair must be at least 0: -1");
  }

  @Test
  void noisyCopiesShareTheSampleAndNotTheNoise() {
    double variance = 0.25;
    Gaussian source = new Gaussian(6, 4);
    Filled filled = new Filled(NoisyPairs.of(backend, 6, source, 0.5), ROWS);
    float[] anchors = new float[ROWS * 4];
    source.draw(AnchorSource.EVALUATION, 0, ROWS, anchors, null, null);
    for (int i = 0; i < 4; i++) {
      double[] x = new double[ROWS];
      double[] noise0 = new double[ROWS];
      double[] noise1 = new double[ROWS];
      for (int r = 0; r < ROWS; r++) {
        x[r] = anchors[r * 4 + i];
        noise0[r] = filled.view0[r * 4 + i] - x[r];
        noise1[r] = filled.view1[r * 4 + i] - x[r];
      }
      assertThat(variance(noise0)).isCloseTo(variance, within(1.5 * variance * ERROR));
      assertThat(variance(noise1)).isCloseTo(variance, within(1.5 * variance * ERROR));
      assertThat(correlation(noise0, noise1)).isCloseTo(0, within(ERROR));
      assertThat(correlation(noise0, x)).isCloseTo(0, within(ERROR));
      assertThat(correlation(noise1, x)).isCloseTo(0, within(ERROR));
    }
    assertThat(filled.latents).isEmpty();
  }

  @Test
  void noiseOfASparseCodeIsInBothOfItsCopies() {
    SparseCoding source = new SparseCoding(6, 30, SparseCoding.equalProbabilities(30, 3), 0.01);
    NoisyPairs pairs = NoisyPairs.of(backend, 6, source, 0.2);
    Filled filled = new Filled(pairs, 2000);
    float[] anchors = new float[2000 * 30];
    float[] codes = new float[2000 * 30];
    source.draw(AnchorSource.EVALUATION, 0, 2000, anchors, null, codes);
    double square0 = 0;
    double square1 = 0;
    double product = 0;
    for (int i = 0; i < anchors.length; i++) {
      double noise0 = filled.view0[i] - anchors[i];
      double noise1 = filled.view1[i] - anchors[i];
      square0 += noise0 * noise0 / anchors.length;
      square1 += noise1 * noise1 / anchors.length;
      product += noise0 * noise1 / anchors.length;
      assertThat(filled.latents[i]).isEqualTo(codes[i]);
    }
    double error = 4.5 * 0.04 * Math.sqrt(2.0 / anchors.length);
    assertThat(square0).isCloseTo(0.04, within(error));
    assertThat(square1).isCloseTo(0.04, within(error));
    assertThat(product).isCloseTo(0, within(error));
    assertThatThrownBy(() -> NoisyPairs.of(backend, 6, source, -1))
        .hasMessage("noise of a view must be at least 0: -1.0");
  }

  @Test
  void labelledCopiesHaveNoisyLabelsInTrainingAndTrueOnesInEvaluation() {
    GaussianClasses source = new GaussianClasses(5, 2, 1, 0.3);
    NoisyPairs pairs = NoisyPairs.labelled(backend, 5, source, 0.5);
    PairBatch batch = new PairBatch(backend, pairs.shape(1000));
    pairs.fill(8, new Views(true, 0, 0.5), batch);
    int[] expected = new int[1000];
    source.labels(8, 0, 1000, expected);
    assertThat(batch.labels()).isEqualTo(expected);
    source.labels(AnchorSource.EVALUATION, 0, 1000, expected);
    assertThat(new Filled(pairs, 1000).labels).isEqualTo(expected);
    // the same views without their labels
    PairBatch unlabelled = new PairBatch(backend, BatchShape.ofViews(1000, 30, 0, false));
    NoisyPairs.of(backend, 5, source, 0.5).fill(8, new Views(true, 0, 0.5), unlabelled);
    assertThat(backend.download(unlabelled.view1())).isEqualTo(backend.download(batch.view1()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1})
  void aCubesInvariantCoordinatesAreInBothViewsAndOthersAreRescaled(double amplitude) {
    Hypercube cube = new Hypercube(7, 5, 2, amplitude);
    Filled filled = new Filled(new CubePairs(backend, 7, cube), ROWS);
    for (int r = 0; r < ROWS; r++) {
      int pattern = 0;
      for (int j = 0; j < 5; j++) {
        double sign = filled.latents[r * 5 + j];
        double first = filled.view0[r * 5 + j];
        double second = filled.view1[r * 5 + j];
        if (j < 2) {
          assertThat(first).isEqualTo(sign * amplitude);
          assertThat(second).isEqualTo(first);
          pattern += sign > 0 ? 1 << j : 0;
        } else {
          assertThat(first * sign).isBetween(0.5, 1.0);
          assertThat(second * sign).isBetween(0.5, 1.0);
        }
      }
      assertThat(filled.labels[r]).isEqualTo(pattern);
    }
    for (int j = 2; j < 5; j++) {
      double[] size0 = new double[ROWS];
      double[] size1 = new double[ROWS];
      double difference = 0;
      double square = 0;
      for (int r = 0; r < ROWS; r++) {
        size0[r] = Math.abs(filled.view0[r * 5 + j]);
        size1[r] = Math.abs(filled.view1[r * 5 + j]);
        difference += Math.pow(size0[r] - size1[r], 2) / ROWS;
        square += size0[r] * size0[r] / ROWS;
      }
      assertThat(Statistics.mean(size0)).isCloseTo(0.75, within(ERROR * Math.sqrt(1 / 48.0)));
      assertThat(correlation(size0, size1)).isCloseTo(0, within(ERROR));
      // what a linear map pays for a spurious direction
      assertThat(difference / square).isCloseTo(1 / 14.0, within(ERROR / 14 * 2));
    }
  }

  @Test
  void aPatchIsInBothViewsAndItsBackgroundInNeither() {
    Filled filled = new Filled(new PatchPairs(backend, 8, new ShiftedPatch(8, 12), 0.3), ROWS);
    double[] background0 = new double[10 * ROWS];
    double[] background1 = new double[10 * ROWS];
    int outside = 0;
    for (int r = 0; r < ROWS; r++) {
      double angle = Math.atan2(filled.latents[4 * r + 3], filled.latents[4 * r + 2]);
      int position = Math.floorMod((int) Math.round(angle / (2 * Math.PI) * 12), 12);
      double u0 = filled.latents[4 * r];
      double u1 = filled.latents[4 * r + 1];
      assertThat(filled.labels[r]).isEqualTo((u0 > 0 ? 1 : 0) + (u1 > 0 ? 2 : 0));
      for (int i = 0; i < 12; i++) {
        double first = filled.view0[12 * r + i];
        double second = filled.view1[12 * r + i];
        int inPatch = Math.floorMod(i - position, 12);
        if (inPatch < 2) {
          assertThat(first).isEqualTo(inPatch == 0 ? u0 : u1);
          assertThat(second).isEqualTo(first);
        } else {
          background0[outside] = first;
          background1[outside++] = second;
        }
      }
    }
    assertThat(outside).isEqualTo(10 * ROWS);
    assertThat(variance(background0)).isCloseTo(0.09, within(0.09 * ERROR));
    assertThat(variance(background1)).isCloseTo(0.09, within(0.09 * ERROR));
    assertThat(correlation(background0, background1)).isCloseTo(0, within(ERROR));
    assertThatThrownBy(() -> new PatchPairs(backend, 8, new ShiftedPatch(8, 12), -0.3))
        .hasMessage("standard deviation of the background must be at least 0: -0.3");
  }

  @Test
  void latentsAndTheirPositivesAreSeenThroughOneMixing() {
    LatentPairs source = new LatentSphere(9, 4, 10);
    Mixing mixing = new Mixing(9, 4);
    Filled filled = new Filled(new ConditionalPairs(backend, source, mixing), 300);
    double[] latents = new double[300 * 4];
    double[] positives = new double[300 * 4];
    source.draw(AnchorSource.EVALUATION, 0, 300, latents, positives);
    float[] rendered = new float[300 * 4];
    mixing.render(latents, 300, rendered);
    for (int i = 0; i < rendered.length; i++) {
      assertThat(filled.view0[i]).isEqualTo(rendered[i]);
    }
    mixing.render(positives, 300, rendered);
    for (int i = 0; i < rendered.length; i++) {
      assertThat(filled.view1[i]).isEqualTo(rendered[i]);
    }
    assertThat(filled.latents).isEqualTo(latents);
    assertThatThrownBy(() -> new ConditionalPairs(backend, source, new Mixing(9, 3)))
        .hasMessage("the mixing is of 3 latents, the source has 4");
  }

  @Test
  void subjectsAreSeenAtTheirTwoAgesWithNoiseInEveryPixel() {
    GrowingBlobs blobs = new GrowingBlobs(10);
    int rows = 400;
    Filled filled = new Filled(new GrowthPairs(backend, 10, blobs, 0.02), rows);
    double[] subjects = new double[rows * GrowingBlobs.NUMBERS];
    blobs.draw(AnchorSource.EVALUATION, 0, rows, subjects);
    float[] young = new float[rows * 256];
    float[] old = new float[rows * 256];
    blobs.render(subjects, rows, GrowingBlobs.FIRST_AGE, young);
    blobs.render(subjects, rows, GrowingBlobs.SECOND_AGE, old);
    double[] noise0 = new double[young.length];
    double[] noise1 = new double[young.length];
    for (int i = 0; i < young.length; i++) {
      noise0[i] = filled.view0[i] - young[i];
      noise1[i] = filled.view1[i] - old[i];
    }
    double error = 4.5 / Math.sqrt(young.length);
    assertThat(Math.sqrt(variance(noise0))).isCloseTo(0.02, within(0.02 * error));
    assertThat(Math.sqrt(variance(noise1))).isCloseTo(0.02, within(0.02 * error));
    assertThat(correlation(noise0, noise1)).isCloseTo(0, within(error));
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < 4; i++) {
        assertThat(filled.latents[4 * r + i]).isEqualTo(subjects[5 * r + i]);
      }
    }
    assertThatThrownBy(() -> new GrowthPairs(backend, 10, blobs, Double.NaN))
        .hasMessage("noise of a pixel must be at least 0: NaN");
  }

  /** Product of the polarities between a leaf and the root: their correlation. */
  private static double toRoot(LatentTree tree, int leaf) {
    double product = 1;
    for (int node = tree.internalNodes() + leaf; node > 0; node = (node - 1) / 2) {
      product *= tree.polarity(node);
    }
    return product;
  }

  private static double[] column(double[] values, int width, int column) {
    double[] picked = new double[values.length / width];
    for (int r = 0; r < picked.length; r++) {
      picked[r] = values[r * width + column];
    }
    return picked;
  }

  private static double variance(double[] values) {
    double mean = Statistics.mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }

  private static double correlation(double[] a, double[] b) {
    return Statistics.pooledCorrelation(a, b, a.length, 1);
  }

  /** An evaluation batch as plain numbers. */
  private final class Filled {
    private final int inputs;
    private final double[] view0;
    private final double[] view1;
    private final double[] latents;
    private final int[] labels;

    Filled(DrawnPairs pairs, int rows) {
      EvaluationBatch batch = pairs.evaluationBatch(rows);
      pairs.fill(new Views(true, 0, 0.5), batch);
      inputs = pairs.inputs();
      view0 = backend.download(batch.view0());
      view1 = backend.download(batch.view1());
      double[] known = batch.latents();
      latents = known == null ? new double[0] : known;
      labels = batch.labels();
    }

    double[] column0(int column) {
      return column(view0, inputs, column);
    }

    double[] column1(int column) {
      return column(view1, inputs, column);
    }

    double[] latent(int which) {
      return column(latents, latents.length * inputs / view0.length, which);
    }
  }
}
