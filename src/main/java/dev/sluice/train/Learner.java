package dev.sluice.train;

import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.loss.InfoNce;
import dev.sluice.model.SoftThresholdEncoder;
import dev.sluice.model.Tape;
import dev.sluice.optim.ThresholdSchedule;
import org.jspecify.annotations.Nullable;

/**
 * The learner of Wen and Li with everything a training step works on: parameters, tapes, gradients,
 * all allocated once. The step is {@link #forward}, {@link #contrast}, {@link #backward}, {@link
 * #update}, in this order; {@link Trainer} runs it with probes in between, a benchmark without.
 */
public final class Learner implements AutoCloseable {
  private final Backend backend;
  private final SoftThresholdEncoder encoder;
  private final InfoNce objective;
  private final ThresholdSchedule schedule;
  private final double normLimit;
  private final Tape tape0;
  private final Tape tape1;
  private final @Nullable Tape negativeTape;
  private final Matrix responseGradient;
  private final Matrix weightGradient;
  private final Matrix rowNorms;
  private final double[] norms;

  /**
   * @param rawNegatives H, 0 unless the objective contrasts with raw negatives
   * @param normLimit rows of W are scaled back to this norm after each update; 0 for no limit
   */
  public Learner(
      Backend backend,
      SoftThresholdEncoder encoder,
      InfoNce objective,
      ThresholdSchedule schedule,
      int batch,
      int rawNegatives,
      double normLimit) {
    this.backend = backend;
    this.encoder = encoder;
    this.objective = objective;
    this.schedule = schedule;
    this.normLimit = normLimit;
    int neurons = encoder.neurons();
    tape0 = new Tape(backend, batch, neurons);
    tape1 = new Tape(backend, batch, neurons);
    negativeTape = rawNegatives == 0 ? null : new Tape(backend, rawNegatives, neurons);
    responseGradient = backend.allocate(batch, neurons);
    weightGradient = backend.allocate(neurons, encoder.inputs());
    rowNorms = backend.allocate(1, neurons);
    norms = new double[neurons];
  }

  /** Both views, and the raw negatives where there are any, through the encoder. */
  public void forward(PairBatch batch) {
    encoder.forward(batch.view0(), tape0);
    encoder.forward(batch.view1(), tape1);
    Matrix negatives = batch.negatives();
    if (negatives != null && negativeTape != null) {
      encoder.forward(negatives, negativeTape);
    }
  }

  /** The loss of the batch and its gradient with respect to the first views' responses. */
  public ContrastStatistics contrast(double temperature) {
    return objective.evaluate(
        tape0.response(),
        tape1.response(),
        negativeTape == null ? null : negativeTape.response(),
        temperature,
        responseGradient);
  }

  /** dL/dW; the second views and the negatives are behind a stop-gradient. */
  public void backward(PairBatch batch) {
    encoder.backward(tape0, batch.view0(), responseGradient, weightGradient);
  }

  /**
   * SGD with decay, then the thresholds' schedule.
   *
   * @param cap largest threshold over norm
   * @return Frobenius norm of dL/dW
   */
  public double update(double rate, double decay, double cap) {
    double gradientNorm = backend.sgdStep(encoder.weights(), weightGradient, rate, decay, rowNorms);
    if (normLimit > 0) {
      backend.limitRowNorms(encoder.weights(), normLimit, rowNorms);
    }
    backend.download(rowNorms, 0, 1, norms);
    schedule.advance(norms, cap);
    backend.upload(schedule.thresholds(), encoder.thresholds());
    return gradientNorm;
  }

  public SoftThresholdEncoder encoder() {
    return encoder;
  }

  public InfoNce objective() {
    return objective;
  }

  /** Stage of the threshold schedule, 1 or 2; 0 where there is none. */
  public int stage() {
    return schedule.stage();
  }

  /** |w_i| after the last update, length m; this learner's own array. */
  public double[] norms() {
    return norms;
  }

  /** b, length m; this learner's own array. */
  public double[] thresholds() {
    return schedule.thresholds();
  }

  /** Forward pass of the first views of the batch at hand. */
  public Tape tape0() {
    return tape0;
  }

  /** Forward pass of the second views of the batch at hand. */
  public Tape tape1() {
    return tape1;
  }

  Matrix weightGradient() {
    return weightGradient;
  }

  @Override
  public void close() {
    encoder.close();
    objective.close();
    tape0.close();
    tape1.close();
    if (negativeTape != null) {
      negativeTape.close();
    }
    responseGradient.close();
    weightGradient.close();
    rowNorms.close();
  }
}
