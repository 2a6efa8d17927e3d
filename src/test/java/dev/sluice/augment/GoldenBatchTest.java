package dev.sluice.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.PhotoPatches;
import dev.sluice.data.SparseCoding;
import dev.sluice.data.Whitening;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Batches are part of every run's identity: these hashes were recorded on JDK 17 and are equal on
 * JDK 25. One that changes means that runs are no longer comparable with earlier ones.
 */
class GoldenBatchTest {
  private final Backend backend = new ReferenceBackend();

  @Test
  void sparseCodesAreWhatTheyHaveAlwaysBeen() {
    SparseCoding source = new SparseCoding(0, 512, SparseCoding.equalProbabilities(32, 2), 0.06);
    assertThat(hashes(source, source.negatives(), 32))
        .containsExactly(
            "80fb564cc24b62588e18d4b7ca0bcea244218a2857683c79387f0a9b99289abf",
            "274f55ed2e56ca814ffedbbb7b46d05678f6229c74f8c9a78edc9e5b971fb88f",
            "f10704f221f3fa4324339f7ff2ebd69e9ecda85582b6bdb4a0325c325748d062",
            "22a468b8c4f9147289421b4c4661a770690a647b468126c5b42ff930adca924b",
            "6751d536677873ed4e53d7b23fc065c95735188f24f69307c1f9833f51450dc5");
  }

  @Test
  void unequalSparseCodesOfAnOddWidthAreWhatTheyHaveAlwaysBeen() {
    SparseCoding source = new SparseCoding(-9, 101, SparseCoding.unequalProbabilities(13, 3), 0.5);
    assertThat(hashes(source, source.negatives(), 13))
        .containsExactly(
            "af59dcdc18863dee4cbcb66cf18e162a2ff0537220a37b6fac7858ba2bd04700",
            "48c301bd40f56e370fe6f0ca62e4f8e7daf1ed8ef435dc6d032262fcf90a17e4",
            "1741ffb5229d5c535be64603656e8da038475bebc06fd3e1ceb24fa9bb80c99a",
            "8c0535599ae55d76d62cae012363ca68756d0916d74f8fa34c9e7c3565dcc2d1",
            "36b4b40257764c12856dafc2cd1cd955cbf41ac93d5af369330efb1b661c6b76");
  }

  @Test
  void rawPatchesAreWhatTheyHaveAlwaysBeen() {
    assertThat(hashes(Whitening.NONE))
        .containsExactly(
            "e7f18165feb5b9e1991430d4b7f7c1d377e38f0695a94cdb2f0e2b581eaf8a0a",
            "9f6067e59bdd711baab3739e72041bc4de737ba9570d4551685571476d0cd938",
            "4bd4ea68e6994363dc9ce0fd364e60fb868d0cba4f1f32ddbbe77400b9284994",
            "c8d39d20e0cdbeca0b51174d0ad42fae3b5278aad792d4eeb05489f778b1616f",
            "37b26e8153f71cce7f2bdd6c7c7468e0ae13545e33b567611e34b4bcf9c8fb41");
  }

  @Test
  void whitenedPatchesAreWhatTheyHaveAlwaysBeen() {
    assertThat(hashes(Whitening.ZCA))
        .containsExactly(
            "625e8916bd5f6f88b7d9babad39e2dbd5dcdb3910c91b6d0c6e1f9e9df4fee68",
            "80373d1ebaef931e32b773c567518188b1758200892b492532bdd0f02122a9b6",
            "af047d5d60216c99c0a58866f717cd0a83fbba3fd56a0ee8650ed6dff9bf17fd",
            "4be15487df2434f323a9d2b7a970db5abf9972ff3dcbde0dddef8df0aba76dfd",
            "7179a4ed2fda05ec043722dba692869677d98e65537cdefdc67fbaa774f2cbb5");
  }

  private List<String> hashes(Whitening whitening) {
    // of textures that are computed: photos would hold the JPEG decoder to its last bit as well
    PhotoPatches source =
        new PhotoPatches(
            4, List.of(MaskedPairsTest.smooth(1), MaskedPairsTest.smooth(2)), 9, whitening);
    return hashes(source, source.negatives(), 0);
  }

  /** Of four training batches, with views of every kind, and of the evaluation batch. */
  private List<String> hashes(AnchorSource anchors, AnchorSource negatives, int features) {
    MaskedPairs pairs = new MaskedPairs(backend, 11, anchors, negatives);
    return List.of(
        hash(pairs, anchors, 0),
        hash(pairs, anchors, 1),
        hash(pairs, anchors, 2),
        hash(pairs, anchors, 1999),
        hash(pairs, anchors.inputs(), features));
  }

  private String hash(MaskedPairs pairs, AnchorSource anchors, int step) {
    boolean truth = anchors.dictionary() != null;
    PairBatch batch = new PairBatch(backend, BatchShape.of(48, anchors.inputs(), 16, truth));
    pairs.fill(step, MaskedPairsTest.someViews(step), batch);
    return BatchHash.of(backend, batch);
  }

  private String hash(MaskedPairs pairs, int inputs, int features) {
    EvaluationBatch batch = EvaluationBatch.masked(backend, 100, inputs, features);
    pairs.fill(MaskedPairsTest.complementary(), batch);
    return BatchHash.of(backend, batch);
  }
}
