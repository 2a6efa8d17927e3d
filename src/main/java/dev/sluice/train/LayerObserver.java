package dev.sluice.train;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.probe.StepObservation;

/**
 * Fills the observation of a step from what the step computed anyway. Its own work is one product
 * of the probe rows with W and a few passes over the responses.
 */
final class LayerObserver implements AutoCloseable {
  private final Backend backend;
  private final Layer layer;
  private final BatchShape shape;
  private final StepObservation observation;
  private final Matrix anchorResponse;
  private final Matrix probePreactivation;
  private final Matrix probeAnchors;
  private final double[] probeValues;

  LayerObserver(Backend backend, Layer layer, BatchShape shape) {
    this.backend = backend;
    this.layer = layer;
    this.shape = shape;
    int neurons = layer.encoder().neurons();
    int rows = shape.probeRows();
    observation = new StepObservation(neurons);
    anchorResponse = backend.allocate(shape.pairs(), neurons);
    probePreactivation = backend.allocate(shape.probeMatrixRows(), neurons);
    probeAnchors = backend.allocate(rows, neurons);
    probeValues = new double[shape.probeMatrixRows() * neurons];
    if (shape.groundTruth()) {
      observation.estimateSamples = rows;
      observation.preactivations0 = new double[rows * neurons];
      observation.preactivations1 = new double[rows * neurons];
      observation.sparsePreactivations0 = new double[rows * neurons];
      observation.sparsePreactivations1 = new double[rows * neurons];
    }
  }

  StepObservation observation() {
    return observation;
  }

  /**
   * An observation for the closing evaluation: what the last update left, and room for the rest.
   */
  StepObservation closing() {
    StepObservation closing = new StepObservation(observation.neurons());
    closing.closing = true;
    closing.gradientNorm = observation.gradientNorm;
    closing.learningRate = observation.learningRate;
    closing.decay = observation.decay;
    closing.stage = observation.stage;
    System.arraycopy(observation.rowNorms, 0, closing.rowNorms, 0, closing.rowNorms.length);
    System.arraycopy(observation.thresholds, 0, closing.thresholds, 0, closing.thresholds.length);
    return closing;
  }

  /**
   * Between the forward pass and the update: everything that depends on the weights of the forward
   * pass.
   */
  void afterForward(PairBatch batch, ContrastStatistics contrast, double temperature) {
    observation.contrast = contrast;
    observation.temperature = temperature;
    observation.chanceLoss = layer.objective().chance(temperature);
    double[] b = layer.thresholds();
    System.arraycopy(b, 0, observation.forwardThresholds, 0, b.length);
    observeProbeRows(batch);
    observeAnchors(batch);
    backend.pairMoments(layer.tape0().output(), layer.tape1().output(), observation.pairMoments);
  }

  /** After the update: what it did. */
  void afterUpdate(double gradientNorm, double rate, double decay) {
    observation.decay = decay;
    observation.gradientNorm = gradientNorm;
    observation.learningRate = rate;
    observation.stage = layer.stage();
    System.arraycopy(layer.norms(), 0, observation.rowNorms, 0, observation.rowNorms.length);
    double[] b = layer.thresholds();
    System.arraycopy(b, 0, observation.thresholds, 0, b.length);
  }

  /**
   * One product for the rows that the batch carries for it: anchors and the sparse parts of both
   * views.
   */
  private void observeProbeRows(PairBatch batch) {
    if (!shape.groundTruth() && batch.averageToAnchor()) {
      return;
    }
    backend.gemm(
        Op.NONE, Op.TRANSPOSE, 1, batch.probe(), layer.encoder().weights(), 0, probePreactivation);
    backend.download(probePreactivation, 0, shape.probeMatrixRows(), probeValues);
    if (shape.groundTruth()) {
      int rows = shape.probeRows();
      int values = rows * observation.neurons();
      System.arraycopy(probeValues, values, observation.sparsePreactivations0, 0, values);
      System.arraycopy(probeValues, 2 * values, observation.sparsePreactivations1, 0, values);
      backend.download(layer.tape0().preactivation(), 0, rows, observation.preactivations0);
      backend.download(layer.tape1().preactivation(), 0, rows, observation.preactivations1);
    }
  }

  /** Responses to un-augmented anchors: free for the whole batch where the views average to it. */
  private void observeAnchors(PairBatch batch) {
    Matrix thresholds = layer.encoder().thresholds();
    if (batch.averageToAnchor()) {
      backend.averagedResponse(
          layer.tape0().preactivation(), layer.tape1().preactivation(), thresholds, anchorResponse);
      backend.embeddingMoments(anchorResponse, observation.anchorMoments);
      return;
    }
    backend.upload(probeValues, probeAnchors);
    backend.softThreshold(probeAnchors, thresholds, probeAnchors);
    backend.embeddingMoments(probeAnchors, observation.anchorMoments);
  }

  @Override
  public void close() {
    anchorResponse.close();
    probePreactivation.close();
    probeAnchors.close();
  }
}
