package dev.sluice.probe;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.data.Dictionary;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A learner on a batch, laid out by hand on the reference backend, to hold probes against. The
 * batch serves as training batch and as evaluation batch.
 */
final class Bench implements AutoCloseable {
  private final Backend backend = new ReferenceBackend();
  private final int neurons;
  private final EvaluationBatch batch;
  private final Matrix weights;
  private final Matrix thresholds;
  private final LayerEvaluation evaluation;
  private final boolean truth;

  Bench(
      int samples,
      int inputs,
      int features,
      int neurons,
      double[] weights,
      double[] thresholds,
      @Nullable Dictionary dictionary) {
    this.neurons = neurons;
    truth = dictionary != null;
    batch = EvaluationBatch.masked(backend, samples, inputs, features);
    this.weights = backend.allocate(neurons, inputs);
    this.thresholds = backend.allocate(1, neurons);
    backend.upload(weights, this.weights);
    backend.upload(thresholds, this.thresholds);
    evaluation = new LayerEvaluation(backend, batch, this.weights, this.thresholds, dictionary, 0);
  }

  /** x, A0 x and A1 x, n x d1 each. */
  void inputs(double[] anchors, double[] view0, double[] view1) {
    backend.upload(anchors, batch.anchors());
    backend.upload(view0, batch.view0());
    backend.upload(view1, batch.view1());
    evaluation.viewsChanged();
  }

  /** s = M z, A0 s and A1 s, n x d1 each, and z, n x d. */
  void truth(double[] signal, double[] signal0, double[] signal1, double[] latents) {
    backend.upload(signal, present(batch.signal()));
    backend.upload(signal0, present(batch.signal0()));
    backend.upload(signal1, present(batch.signal1()));
    double[] target = batch.latents();
    if (target == null) {
      throw new IllegalStateException("a batch without latents");
    }
    System.arraycopy(latents, 0, target, 0, latents.length);
    evaluation.viewsChanged();
  }

  LayerEvaluation evaluation() {
    return evaluation;
  }

  /** The batch as a training step sees it, with in-batch negatives. */
  StepObservation observation(double temperature) {
    StepObservation step = new StepObservation(neurons);
    step.closing = true;
    step.temperature = temperature;
    step.chanceLoss = temperature * Math.log(batch.samples());
    Matrix a0 = product(batch.view0());
    Matrix a1 = product(batch.view1());
    Matrix f = respond(product(batch.anchors()));
    backend.embeddingMoments(f, step.anchorMoments);
    step.preactivations0 = backend.download(a0);
    step.preactivations1 = backend.download(a1);
    if (truth) {
      step.estimateSamples = batch.samples();
      step.sparsePreactivations0 = backend.download(product(present(batch.signal0())));
      step.sparsePreactivations1 = backend.download(product(present(batch.signal1())));
    }
    backend.download(thresholds, 0, 1, step.forwardThresholds);
    backend.download(thresholds, 0, 1, step.thresholds);
    Matrix f0 = respond(a0);
    Matrix f1 = respond(a1);
    backend.pairMoments(f0, f1, step.pairMoments);
    Matrix similarity = backend.allocate(batch.samples(), batch.samples());
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1 / temperature, f0, f1, 0, similarity);
    step.contrast = backend.contrastInBatch(similarity, temperature);
    Matrix norms = backend.allocate(1, neurons);
    backend.sgdStep(weights, backend.allocate(neurons, weights.columns()), 0, 0, norms);
    backend.download(norms, 0, 1, step.rowNorms);
    return step;
  }

  private <E extends Evaluation> void measureHere(EvaluationProbe<E> probe, Readings readings) {
    probe.measure(probe.sees().cast(evaluation), readings);
  }

  /** What the given probes say, by series. */
  Measured measure(List<Probe> probes, StepObservation step) {
    List<Series> series = new ArrayList<>();
    for (Probe probe : probes) {
      series.addAll(probe.series());
    }
    ReportLayout layout = new ReportLayout(series);
    double[] values = layout.emptyValues();
    for (Probe probe : probes) {
      int[] slots = probe.series().stream().mapToInt(layout::slot).toArray();
      Readings readings = new Readings(values, slots);
      if (probe instanceof StepProbe stepProbe) {
        stepProbe.measure(step, readings);
      } else if (probe instanceof EvaluationProbe<?> evaluationProbe) {
        measureHere(evaluationProbe, readings);
      }
    }
    return new Measured(new StepReport("bench", 0, 0, layout, values));
  }

  private Matrix product(Matrix inputs) {
    Matrix product = backend.allocate(inputs.rows(), neurons);
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, inputs, weights, 0, product);
    return product;
  }

  private Matrix respond(Matrix preactivation) {
    Matrix response = backend.allocate(preactivation.rows(), neurons);
    backend.softThreshold(preactivation, thresholds, response);
    return response;
  }

  private static Matrix present(@Nullable Matrix matrix) {
    if (matrix == null) {
      throw new IllegalStateException("a batch without truth");
    }
    return matrix;
  }

  @Override
  public void close() {
    evaluation.close();
    batch.close();
    backend.close();
  }
}
