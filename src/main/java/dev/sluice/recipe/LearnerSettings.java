package dev.sluice.recipe;

import dev.sluice.loss.Negatives;
import dev.sluice.optim.ThresholdSchedule.Growth;

/**
 * Settings of the Wen and Li learner, whatever its data: network, loss, update, thresholds, views
 * and run.
 */
public record LearnerSettings(
    @Setting(value = "m, neurons", min = 1, max = 65536) int neurons,
    @Setting(
            value = "sigma_0, standard deviation of the weights at the start",
            min = 1e-6,
            max = 100)
        double initialStd,
    @Setting(value = "tau, temperature of the loss", min = 0.001, max = 1000) double temperature,
    @Setting("what a sample is contrasted with") Negatives negatives,
    @Setting(value = "B, positive pairs a step", min = 2, max = 16384) int batch,
    @Setting(value = "eta at step 0", min = 0, max = 100) double learningRate,
    @Setting(value = "eta at the horizon, reached on a line", min = 0, max = 100)
        double learningRateEnd,
    @Setting(value = "lambda, L2 coefficient", min = 0, max = 10) double decay,
    @Setting(value = "rows of W are scaled back to this norm; 0 for no limit", min = 0, max = 1e6)
        double normLimit,
    @Setting(value = "step at which the schedules end", min = 1, max = 1e9) long horizon,
    @Setting(value = "T1, steps with thresholds at 0", min = 1, max = 1e9) long stageOne,
    @Setting(value = "beta_0, threshold over weight norm at T1", min = 0, max = 1000)
        double thresholdStart,
    @Setting(value = "growth of the thresholds a step", min = 0, max = 1) double thresholdRate,
    @Setting("how thresholds go on after T1") Growth thresholdGrowth,
    @Setting(value = "beta_1, upper limit of threshold over weight norm", min = 0, max = 1000)
        double thresholdCap,
    @Setting(
            value = "threshold over weight norm at the end of the ramp (ratio)",
            min = 0,
            max = 1000)
        double thresholdEnd,
    @Setting(value = "steps of the ramp (ratio)", min = 1, max = 1e9) long thresholdRamp,
    @Setting("how the two views of a sample are made") Augment augment,
    @Setting(value = "share of coordinates the masks have in common", min = 0, max = 1)
        double overlap,
    @Setting(value = "probability that the first mask keeps a coordinate", min = 0.05, max = 0.95)
        double keep,
    @Setting(value = "seed of every random stream", min = -9e18, max = 9e18) long seed,
    @Setting(value = "steps the run makes; 0 for as many as the horizon", min = 0, max = 1e9)
        long steps,
    @Setting(value = "steps a second; 0 for as fast as it goes", min = 0, max = 1e6) double pace,
    @Setting(value = "share of the step's flops that measuring may cost", min = 0, max = 1)
        double probeBudget) {

  /** How the two views of a sample are made. */
  public enum Augment {
    /** Two random masks. */
    MASK,
    /** Both views are the sample itself. */
    NONE
  }

  /** Steps of a run that is not told otherwise. */
  public long defaultSteps() {
    return steps == 0 ? horizon : steps;
  }

  /**
   * These settings without what a reference trajectory does not depend on: seed, arm, length, pace,
   * budget.
   */
  LearnerSettings comparable() {
    return with(neurons, Augment.MASK, 0, 0, 0, 0);
  }

  /** These settings with another seed and another arm. */
  public LearnerSettings with(long newSeed, Augment newAugment) {
    return with(neurons, newAugment, newSeed, steps, pace, probeBudget);
  }

  /** These settings with another number of neurons. */
  LearnerSettings with(int newNeurons) {
    return with(newNeurons, augment, seed, steps, pace, probeBudget);
  }

  private LearnerSettings with(
      int neurons, Augment augment, long seed, long steps, double pace, double probeBudget) {
    return new LearnerSettings(
        neurons,
        initialStd,
        temperature,
        negatives,
        batch,
        learningRate,
        learningRateEnd,
        decay,
        normLimit,
        horizon,
        stageOne,
        thresholdStart,
        thresholdRate,
        thresholdGrowth,
        thresholdCap,
        thresholdEnd,
        thresholdRamp,
        augment,
        overlap,
        keep,
        seed,
        steps,
        pace,
        probeBudget);
  }
}
