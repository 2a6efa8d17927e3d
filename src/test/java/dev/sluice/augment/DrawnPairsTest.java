package dev.sluice.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.data.AnchorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every kind of drawn pairs. */
class DrawnPairsTest {
  private static final Views ANY = new Views(true, 0, 0.5);

  private final Backend backend = new ReferenceBackend();

  @ParameterizedTest
  @EnumSource
  void aBatchIsTheSameWhateverWasDrawnBefore(DrawnSystem system) {
    DrawnPairs used = system.open(backend, 5);
    hash(used, 9);
    hash(used, AnchorSource.EVALUATION);
    hash(used, 2);
    assertThat(hash(used, 3)).isEqualTo(hash(system.open(backend, 5), 3));
  }

  @ParameterizedTest
  @EnumSource
  void viewsOfMasksDoNotReachIt(DrawnSystem system) {
    DrawnPairs pairs = system.open(backend, 5);
    PairBatch batch = new PairBatch(backend, pairs.shape(20));
    pairs.fill(4, new Views(false, 1, 0.1), batch);
    assertThat(BatchHash.of(backend, batch)).isEqualTo(hash(pairs, 4, 20));
    assertThat(batch.step()).isEqualTo(4);
    assertThat(batch.averageToAnchor()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void rowsAreTheSameHoweverTheyAreDrawn(DrawnSystem system) {
    DrawnPairs pairs = system.open(backend, 1);
    int rows = Math.min(40, pairs.chunkRows());
    Drawn whole = new Drawn(pairs, rows);
    whole.draw(pairs, 7, 0, rows, true);
    for (int[] part : new int[][] {{rows - 1, 1}, {0, 1}, {3, 9}, {11, rows - 11}}) {
      for (boolean withLatents : new boolean[] {true, false}) {
        Drawn some = new Drawn(pairs, rows);
        some.draw(pairs, 7, part[0], part[1], withLatents);
        some.assertRowsOf(whole, pairs, part[0], part[1], withLatents);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void largeBatchesBeginLikeSmallOnes(DrawnSystem system) {
    DrawnPairs pairs = system.open(backend, 8);
    int samples = 2 * pairs.chunkRows() + 3;
    EvaluationBatch small = pairs.evaluationBatch(5);
    EvaluationBatch large = pairs.evaluationBatch(samples);
    pairs.fill(ANY, small);
    pairs.fill(ANY, large);
    assertPrefix(backend.download(small.view0()), backend.download(large.view0()));
    assertPrefix(backend.download(small.view1()), backend.download(large.view1()));
    assertPrefix(latents(small), latents(large));
    assertThat(large.labels()).startsWith(small.labels());
    PairBatch few = new PairBatch(backend, pairs.shape(5));
    PairBatch many = new PairBatch(backend, pairs.shape(samples));
    pairs.fill(6, ANY, few);
    pairs.fill(6, ANY, many);
    assertPrefix(backend.download(few.view0()), backend.download(many.view0()));
    assertPrefix(negatives(few), negatives(many));
  }

  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsFillTheSameBatches(DrawnSystem system)
      throws InterruptedException, ExecutionException {
    DrawnPairs alone = system.open(backend, 2);
    List<String> expected = new ArrayList<>();
    for (int step = 0; step < 12; step++) {
      expected.add(hash(alone, step));
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<String>> filled = new ArrayList<>();
      for (int step = 0; step < 12; step++) {
        int asked = 11 - step;
        filled.add(0, threads.submit(() -> hash(system.open(backend, 2), asked)));
      }
      for (int step = 0; step < 12; step++) {
        assertThat(filled.get(step).get()).isEqualTo(expected.get(step));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void stepsSeedsAndEvaluationsAreDrawnApart(DrawnSystem system) {
    Set<String> seen = new HashSet<>();
    for (long seed : new long[] {0, 1, -1}) {
      DrawnPairs pairs = system.open(backend, seed);
      for (long step : new long[] {0, 1, 2000}) {
        assertThat(seen.add(hash(pairs, step))).isTrue();
      }
      for (long step :
          new long[] {
            0, AnchorSource.EVALUATION, AnchorSource.PROBE_TRAINING, AnchorSource.PROBE_TEST
          }) {
        assertThat(seen.add(evaluationHash(pairs, step))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTwoViewsOfAPairAndItsNegativesDiffer(DrawnSystem system) {
    DrawnPairs pairs = system.open(backend, 4);
    PairBatch batch = new PairBatch(backend, pairs.shape(30));
    pairs.fill(0, ANY, batch);
    double[] view0 = backend.download(batch.view0());
    double[] view1 = backend.download(batch.view1());
    assertThat(view0).isNotEqualTo(view1);
    double[] negatives = negatives(batch);
    assertThat(negatives).hasSize(batch.shape().negatives() * pairs.inputs());
    if (negatives.length > 0) {
      assertThat(Arrays.copyOf(negatives, view0.length)).isNotIn(view0, view1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEvaluationBatchIsThatOfItsStep(DrawnSystem system) {
    DrawnPairs pairs = system.open(backend, 3);
    EvaluationBatch batch = pairs.evaluationBatch(33);
    pairs.fill(ANY, batch);
    assertThat(BatchHash.ofViews(backend, batch))
        .isEqualTo(evaluationHash(pairs, AnchorSource.EVALUATION));
    for (int label : batch.labels()) {
      assertThat(label).isBetween(0, Math.max(0, pairs.classes() - 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shapesThatDoNotFitAreRefusedWithBoth(DrawnSystem system) {
    DrawnPairs pairs = system.open(backend, 3);
    BatchShape right = pairs.shape(6);
    boolean labelled = right.labelled();
    for (BatchShape wrong :
        List.of(
            BatchShape.ofViews(6, right.inputs() + 1, right.negatives(), labelled),
            BatchShape.ofViews(6, right.inputs(), right.negatives() + 1, labelled),
            BatchShape.ofViews(6, right.inputs(), right.negatives(), !labelled),
            BatchShape.of(6, right.inputs(), right.negatives(), false))) {
      assertThatThrownBy(() -> pairs.fill(0, ANY, new PairBatch(backend, wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("batches are " + wrong + ", the source fills " + right);
    }
    int inputs = pairs.inputs();
    int latents = pairs.latents();
    for (int[] wrong : new int[][] {{inputs + 1, latents}, {inputs, latents + 1}}) {
      EvaluationBatch batch = EvaluationBatch.ofViews(backend, 6, wrong[0], wrong[1]);
      assertThatThrownBy(() -> pairs.fill(ANY, batch))
          .hasMessage(
              "the evaluation batch has views of "
                  + wrong[0]
                  + " and latents of "
                  + wrong[1]
                  + " numbers; those of the source have "
                  + inputs
                  + " and "
                  + latents);
    }
  }

  private String hash(DrawnPairs pairs, long step) {
    return hash(pairs, step, 48);
  }

  private String hash(DrawnPairs pairs, long step, int rows) {
    PairBatch batch = new PairBatch(backend, pairs.shape(rows));
    pairs.fill(step, ANY, batch);
    return BatchHash.of(backend, batch);
  }

  private String evaluationHash(DrawnPairs pairs, long step) {
    EvaluationBatch batch = pairs.evaluationBatch(33);
    pairs.fill(step, batch);
    return BatchHash.ofViews(backend, batch);
  }

  private static void assertPrefix(double[] small, double[] large) {
    assertThat(Arrays.copyOf(large, small.length)).isEqualTo(small);
  }

  private static double[] latents(EvaluationBatch batch) {
    double[] latents = batch.latents();
    return latents == null ? new double[0] : latents;
  }

  private double[] negatives(PairBatch batch) {
    return batch.negatives() == null ? new double[0] : backend.download(batch.negatives());
  }

  /** The arrays that a draw fills. */
  private static final class Drawn {
    private final float[] view0;
    private final float[] view1;
    private final float[] negatives;
    private final double[] latents;
    private final int[] labels;

    Drawn(DrawnPairs pairs, int rows) {
      view0 = new float[rows * pairs.inputs()];
      view1 = new float[rows * pairs.inputs()];
      negatives = new float[rows * pairs.inputs()];
      latents = new double[rows * pairs.latents()];
      labels = new int[rows];
    }

    void draw(DrawnPairs pairs, long step, int firstRow, int rows, boolean withLatents) {
      pairs.draw(step, firstRow, rows, view0, view1, withLatents ? latents : null, labels);
      if (pairs.shape(1).negatives() > 0) {
        pairs.drawNegatives(step, firstRow, rows, negatives);
      }
    }

    void assertRowsOf(Drawn whole, DrawnPairs pairs, int first, int rows, boolean withLatents) {
      int width = pairs.inputs();
      assertRows(view0, whole.view0, width, first, rows);
      assertRows(view1, whole.view1, width, first, rows);
      assertRows(negatives, whole.negatives, width, first, rows);
      assertThat(Arrays.copyOf(labels, rows))
          .isEqualTo(Arrays.copyOfRange(whole.labels, first, first + rows));
      if (withLatents) {
        int size = pairs.latents();
        assertThat(Arrays.copyOf(latents, rows * size))
            .isEqualTo(Arrays.copyOfRange(whole.latents, first * size, (first + rows) * size));
      }
    }

    private static void assertRows(float[] some, float[] whole, int width, int first, int rows) {
      assertThat(Arrays.copyOf(some, rows * width))
          .isEqualTo(Arrays.copyOfRange(whole, first * width, (first + rows) * width));
    }
  }
}
