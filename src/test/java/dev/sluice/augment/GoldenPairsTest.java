package dev.sluice.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Batches are part of every run's identity: these hashes were recorded on JDK 17 and are equal on
 * JDK 25. One that changes means that runs are no longer comparable with earlier ones.
 */
class GoldenPairsTest {
  private static final Views ANY = new Views(true, 0, 0.5);

  private final Backend backend = new ReferenceBackend();

  /** The first 16 digits of the hashes of the batches of steps 0, 1 and 1999 and the evaluation. */
  @ParameterizedTest
  @CsvSource({
    "TREE, e332f1d787b255ab 911b74e5188d1bb3 273bde4f4105693a 3dc84745eaf97ebf",
    "TREE_WITH_MANY_NEGATIVES, f8cc7d196164c397 b62e0aad0592b9a9 03242132a6ab10db 6e7fff112ea5997e",
    "GAUSSIAN, bbab35fe486ea3db d9a69f41817f82fe c68bd2f7d5257a8b 610e76b21dd0a03e",
    "SPARSE_CODES, a2b2bb9a6b4a5afd 0ef131944a795fc6 f0890531bce2921b 597d59a067719410",
    "CUBE, 761c05fa0f768031 f61c251d66956061 a7fb03869a5eee27 4ba44e17a93e7b29",
    "PATCH, 3e8d17c788e8a31b 7f83a5dfc66418c1 cc26f00b643af313 223f1c3e2164f262",
    "CLASSES, dead3989b0407eb5 22866237edd45147 46e260ac2cce5c25 e40bc7d7489def41",
    "SPHERE, f330ad0e7b5e1413 a4a9580a62c781b6 daeb14b0485cd374 70e06e7ee2901d1a",
    "LAPLACE_BOX, a6bcd2b2f733e43f b041b7ddd1a00697 4b0dd10edee78856 d7365661de0cfdd2",
    "NORMAL_BOX, 25e13c898395b863 a88c45d330b3bdea b70eeda7135cbf95 8323275385863d47",
    "BLOBS, 8cc93762290ba57f 3863455dcb103090 dc5c61402c4365b5 63d8ca315db2e07e"
  })
  void batchesAreWhatTheyHaveAlwaysBeen(DrawnSystem system, String expected) {
    DrawnPairs pairs = system.open(backend, 2021);
    List<String> hashes = new ArrayList<>();
    for (long step : new long[] {0, 1, 1999}) {
      PairBatch batch = new PairBatch(backend, pairs.shape(64));
      pairs.fill(step, ANY, batch);
      hashes.add(BatchHash.of(backend, batch).substring(0, 16));
    }
    EvaluationBatch batch = pairs.evaluationBatch(100);
    pairs.fill(ANY, batch);
    hashes.add(BatchHash.ofViews(backend, batch).substring(0, 16));
    assertThat(hashes).isEqualTo(Arrays.asList(expected.split(" ")));
  }
}
