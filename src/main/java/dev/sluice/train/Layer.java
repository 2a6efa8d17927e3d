package dev.sluice.train;

import dev.sluice.compute.Backend;
import dev.sluice.loss.Objective;
import dev.sluice.model.Networks;
import dev.sluice.model.SoftThresholdEncoder;
import dev.sluice.model.ThresholdTape;
import dev.sluice.optim.PlainSgd;
import dev.sluice.optim.ThresholdSchedule;
import dev.sluice.optim.Thresholds;
import java.util.List;

/**
 * The learner of Wen and Li: one layer of soft-threshold neurons, plain SGD, and thresholds that
 * follow a schedule instead of a gradient.
 */
public final class Layer {
  private final SoftThresholdEncoder encoder;
  private final Thresholds thresholds;
  private final Learner learner;

  /**
   * @param rawNegatives H, 0 unless the objective contrasts with raw negatives
   * @param normLimit rows of W are scaled back to this norm after each update; 0 for no limit
   */
  public Layer(
      Backend backend,
      SoftThresholdEncoder encoder,
      Objective objective,
      ThresholdSchedule schedule,
      int batch,
      int rawNegatives,
      double normLimit) {
    this.encoder = encoder;
    PlainSgd optimiser = new PlainSgd(backend, encoder.weight(), normLimit);
    thresholds = new Thresholds(backend, encoder, schedule, optimiser);
    learner =
        new Learner(
            backend,
            Networks.of(encoder),
            objective,
            optimiser,
            List.of(thresholds),
            batch,
            rawNegatives);
  }

  public Learner learner() {
    return learner;
  }

  public SoftThresholdEncoder encoder() {
    return encoder;
  }

  public Objective objective() {
    return learner.objective();
  }

  /** Stage of the threshold schedule, 1 or 2; 0 where there is none. */
  public int stage() {
    return thresholds.stage();
  }

  /** b, length m; the schedule's own array. */
  public double[] thresholds() {
    return thresholds.values();
  }

  /** |w_i| after the last update, length m; the optimiser's own array. */
  public double[] norms() {
    return learner.rowNorms();
  }

  /** Forward pass of the first views of the batch at hand. */
  public ThresholdTape tape0() {
    return (ThresholdTape) learner.pass0().tape();
  }

  /** Forward pass of the second views of the batch at hand. */
  public ThresholdTape tape1() {
    return (ThresholdTape) learner.pass1().tape();
  }
}
