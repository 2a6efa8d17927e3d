package dev.sluice.probe;

import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.EmbeddingMoments;
import dev.sluice.compute.PairMoments;
import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;

/**
 * What one training step knows about itself, before its update. Filled by the trainer and reused
 * from step to step. The closing evaluation fills one from the evaluation batch, but for what only
 * an update says: that of the last step is carried on.
 */
public final class StepObservation implements Stateful {
  /**
   * Whether this is the closing evaluation: averages over steps then give the value of this batch
   * alone and forget it.
   */
  public boolean closing;

  /** Loss, probability of the positive, top 1: on the training batch. */
  public ContrastStatistics contrast = new ContrastStatistics(0, 0, 0);

  /** Temperature of this step. */
  public double temperature;

  /**
   * Loss when the embedding carries nothing: tau log(negatives + 1); NaN where it is not defined.
   */
  public double chanceLoss;

  /**
   * Responses to un-augmented anchors: of the whole batch where the views average to it, else of
   * the probe rows.
   */
  public final EmbeddingMoments anchorMoments;

  /** Positive pairs of responses, whole batch. */
  public final PairMoments pairMoments = new PairMoments();

  /** Frobenius norm of the loss gradient with respect to W, without the decay term. */
  public double gradientNorm;

  /** L2 coefficient of this step. */
  public double decay;

  /** Learning rate of this step. */
  public double learningRate;

  /** Norms of the rows of every weight matrix after the update. */
  public final double[] rowNorms;

  /** Thresholds b after the update, length m. */
  public final double[] thresholds;

  /** Stage of the threshold schedule, 1 or 2; 0 where there is none. */
  public int stage;

  /** Samples of the correlation estimate: k. 0 when the truth is not known. */
  public int estimateSamples;

  /** Thresholds b at the forward pass, length m. */
  public final double[] forwardThresholds;

  /**
   * Pre-activations of the first k samples' views, k x m row-major (from index 0, arrays may be
   * longer).
   */
  public double[] preactivations0 = {};

  public double[] preactivations1 = {};

  /** W A0 M z and W A1 M z of the same samples. */
  public double[] sparsePreactivations0 = {};

  public double[] sparsePreactivations1 = {};

  private final int neurons;

  /** Of one layer of m neurons. */
  public StepObservation(int neurons) {
    this(neurons, neurons, neurons);
  }

  private StepObservation(int neurons, int weightRows, int thresholds) {
    this.neurons = neurons;
    anchorMoments = new EmbeddingMoments(neurons);
    rowNorms = new double[weightRows];
    this.thresholds = new double[thresholds];
    forwardThresholds = new double[thresholds];
  }

  /**
   * Of networks without thresholds.
   *
   * @param neurons m, width of the representation
   * @param weightRows rows of all weight matrices together
   */
  public static StepObservation ofNetworks(int neurons, int weightRows) {
    return new StepObservation(neurons, weightRows, 0);
  }

  /** m, width of the representation. */
  public int neurons() {
    return neurons;
  }

  /** What the last update left; everything else the next step fills anew. */
  @Override
  public void save(String path, State state) {
    state.put(path + ".update", gradientNorm, learningRate, decay, stage);
    state.put(path + ".norms", rowNorms);
    state.put(path + ".thresholds", thresholds);
  }

  @Override
  public void load(String path, State state) {
    double[] update = state.get(path + ".update", 4);
    gradientNorm = update[0];
    learningRate = update[1];
    decay = update[2];
    stage = (int) update[3];
    System.arraycopy(state.get(path + ".norms", rowNorms.length), 0, rowNorms, 0, rowNorms.length);
    System.arraycopy(
        state.get(path + ".thresholds", thresholds.length), 0, thresholds, 0, thresholds.length);
  }
}
