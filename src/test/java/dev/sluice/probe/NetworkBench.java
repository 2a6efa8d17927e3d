package dev.sluice.probe;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.augment.TreePairs;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.data.LatentTree;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import dev.sluice.model.Initialiser;
import dev.sluice.model.Linear;
import dev.sluice.model.Networks;
import dev.sluice.model.Parameter;
import dev.sluice.model.Sequential;
import dev.sluice.model.TreeEncoder;
import dev.sluice.model.UnitSphere;
import java.util.Arrays;
import java.util.List;

/**
 * A system that every probe of networks is defined on: a small tree-shaped net with a predictor, on
 * samples of a tree with classes.
 */
final class NetworkBench implements AutoCloseable {
  static final LatentTree TREE = new LatentTree(1, 2, 0.6);
  static final int WIDTH = 3;
  private static final int CLASSES = 3;

  private final Backend backend = new ReferenceBackend();
  private final Networks networks;
  private final EvaluationBatch batch;
  private final NetworkEvaluation evaluation;

  NetworkBench(long seed, int samples) {
    networks =
        new Networks(
            new Sequential(
                backend,
                List.of(
                    new TreeEncoder(
                        backend,
                        TREE.depth(),
                        WIDTH,
                        tensor -> Initialiser.gaussian(seed, tensor, 1)),
                    new UnitSphere(backend, WIDTH, 0, 1e-4))),
            new Linear(backend, WIDTH, WIDTH, Initialiser.gaussian(seed, 100, 1)),
            null,
            null);
    TreePairs pairs = new TreePairs(backend, seed, TREE, 0);
    batch = pairs.evaluationBatch(samples);
    pairs.fill(Views.unmasked(), batch);
    Arrays.setAll(batch.labels(), p -> p % CLASSES);
    evaluation = new NetworkEvaluation(backend, batch, networks);
  }

  /** Sets every entry of the tensors whose name ends so. */
  NetworkBench set(String ending, double value) {
    for (Parameter parameter : networks.parameters()) {
      if (parameter.name().endsWith(ending)) {
        Initialiser.constant(value).fill(backend, parameter.value(), 1);
      }
    }
    evaluation.refresh();
    return this;
  }

  /** Sample p becomes what sample {@code order[p]} was. */
  NetworkBench permute(int[] order) {
    for (Matrix view : List.of(batch.view0(), batch.view1())) {
      backend.upload(permuted(backend.download(view), view.columns(), order), view);
    }
    double[] latents = evaluation.latents();
    double[] moved = permuted(latents, evaluation.latentCount(), order);
    System.arraycopy(moved, 0, latents, 0, latents.length);
    int[] labels = batch.labels().clone();
    Arrays.setAll(batch.labels(), p -> labels[order[p]]);
    evaluation.viewsChanged();
    return this;
  }

  private static double[] permuted(double[] rows, int width, int[] order) {
    double[] moved = new double[rows.length];
    for (int p = 0; p < order.length; p++) {
      System.arraycopy(rows, order[p] * width, moved, p * width, width);
    }
    return moved;
  }

  NetworkEvaluation evaluation() {
    return evaluation;
  }

  /** What an evaluation probe says. */
  <E extends Evaluation> Measured measure(EvaluationProbe<E> probe) {
    ReportLayout layout = new ReportLayout(probe.series());
    double[] values = layout.emptyValues();
    int[] slots = probe.series().stream().mapToInt(layout::slot).toArray();
    probe.measure(probe.sees().cast(evaluation), new Readings(values, slots));
    return new Measured(new StepReport("bench", 0, 0, layout, values));
  }

  @Override
  public void close() {
    evaluation.close();
    batch.close();
    networks.close();
    backend.close();
  }
}
