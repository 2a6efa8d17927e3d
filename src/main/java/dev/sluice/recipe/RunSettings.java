package dev.sluice.recipe;

/** What a system of networks is told beside what is its own. */
public record RunSettings(
    @Setting(value = "B, pairs a step", min = 2, max = 16384) int batch,
    @Setting(value = "eta at step 0", min = 0, max = 100) double learningRate,
    @Setting(value = "L2 coefficient", min = 0, max = 10) double decay,
    @Setting(value = "steps of a full run, at which the schedules end", min = 1, max = 1e9)
        long horizon,
    @Setting(value = "seed of every random stream", min = -9e18, max = 9e18) long seed,
    @Setting(value = "steps the run makes; 0 for as many as the horizon", min = 0, max = 1e9)
        long steps,
    @Setting(value = "steps a second; 0 for as fast as it goes", min = 0, max = 1e6) double pace,
    @Setting(value = "share of the step's flops that measuring may cost", min = 0, max = 1)
        double probeBudget) {

  /** Steps of a run that is not told otherwise. */
  long defaultSteps() {
    return steps == 0 ? horizon : steps;
  }
}
