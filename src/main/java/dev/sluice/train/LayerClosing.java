package dev.sluice.train;

import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.data.AnchorSource;
import dev.sluice.loss.Role;
import dev.sluice.loss.Tensors;
import dev.sluice.probe.LayerEvaluation;
import dev.sluice.probe.StepObservation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation at the end of a run: as the monitor's, on more samples, and with what otherwise
 * only a step knows.
 */
final class LayerClosing implements AutoCloseable {
  private final Backend backend;
  private final PairSource pairs;
  private final AnchorSource source;
  private final Layer layer;
  private final int batch;
  private @Nullable LayerMonitor monitor;

  LayerClosing(Backend backend, PairSource pairs, AnchorSource source, Layer layer, int batch) {
    this.backend = backend;
    this.pairs = pairs;
    this.source = source;
    this.layer = layer;
    this.batch = batch;
  }

  /** At least two batches of samples, so that each has another to take raw negatives from. */
  LayerEvaluation at(int samples, Views views) {
    close();
    monitor =
        new LayerMonitor(
            backend, pairs, source, layer.encoder(), Math.max(samples, 2 * batch), views);
    return monitor.at(views);
  }

  /**
   * Fills the observation as if the evaluation samples had been the batch; what an update leaves
   * stays as it was.
   */
  void observe(StepObservation observation, double temperature) {
    if (monitor == null) {
      throw new IllegalStateException("at() comes first");
    }
    LayerEvaluation evaluation = monitor.current();
    int n = evaluation.samples();
    int m = evaluation.neurons();
    try (Matrix f = filled(evaluation.responses(), n, m);
        Matrix f0 = filled(evaluation.responses0(), n, m);
        Matrix f1 = filled(evaluation.responses1(), n, m);
        Matrix similarity = backend.allocate(n, n)) {
      backend.embeddingMoments(f, observation.anchorMoments);
      backend.pairMoments(f0, f1, observation.pairMoments);
      backend.gemm(Op.NONE, Op.TRANSPOSE, 1 / temperature, f0, f1, 0, similarity);
      double top1 = backend.contrastInBatch(similarity, temperature).top1();
      ContrastStatistics inBatches = contrastInBatches(evaluation, temperature);
      observation.contrast =
          new ContrastStatistics(inBatches.loss(), inBatches.probability(), top1).consistent();
    }
    observation.temperature = temperature;
    observation.chanceLoss = layer.objective().chance(temperature);
    double[] b = evaluation.thresholds();
    System.arraycopy(b, 0, observation.forwardThresholds, 0, b.length);
    if (evaluation.features() > 0) {
      observation.estimateSamples = n;
      observation.preactivations0 = evaluation.preactivations0();
      observation.preactivations1 = evaluation.preactivations1();
      observation.sparsePreactivations0 = evaluation.sparsePreactivations0();
      observation.sparsePreactivations1 = evaluation.sparsePreactivations1();
    }
  }

  /**
   * Means over as many whole batches as the samples make; raw negatives of a batch are the anchors
   * of the next.
   */
  private ContrastStatistics contrastInBatches(LayerEvaluation evaluation, double temperature) {
    int m = evaluation.neurons();
    int batches = evaluation.samples() / batch;
    double loss = 0;
    double probability = 0;
    try (Matrix f0 = backend.allocate(batch, m);
        Matrix f1 = backend.allocate(batch, m);
        Matrix raw = backend.allocate(batch, m);
        Matrix gradient = backend.allocate(batch, m)) {
      Tensors tensors =
          new Tensors()
              .value(Role.EMBEDDING0, f0)
              .value(Role.EMBEDDING1, f1)
              .value(Role.NEGATIVE, raw)
              .gradient(Role.EMBEDDING0, gradient);
      for (int i = 0; i < batches; i++) {
        backend.upload(part(evaluation.responses0(), i, m), f0);
        backend.upload(part(evaluation.responses1(), i, m), f1);
        backend.upload(part(evaluation.responses(), (i + 1) % batches, m), raw);
        ContrastStatistics one = layer.objective().evaluate(tensors, temperature);
        loss += one.loss() / batches;
        probability += one.probability() / batches;
      }
    }
    return new ContrastStatistics(loss, probability, 0);
  }

  private double[] part(double[] rows, int index, int m) {
    return Arrays.copyOfRange(rows, index * batch * m, (index + 1) * batch * m);
  }

  private Matrix filled(double[] values, int rows, int columns) {
    Matrix matrix = backend.allocate(rows, columns);
    backend.upload(values, matrix);
    return matrix;
  }

  @Override
  public void close() {
    if (monitor != null) {
      monitor.close();
      monitor = null;
    }
  }
}
