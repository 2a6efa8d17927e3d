package dev.sluice.recipe;

/** Settings of {@link SupervisedContrast}. */
public record SupervisedContrastSettings(
    RunSettings run,
    @Setting(value = "tau, temperature of the loss", min = 0.001, max = 1000) double temperature,
    @Setting("where the sum over positives stands, or ntxent: without labels") Form form,
    @Setting(value = "distance of a class mean from the origin", min = 0, max = 1000)
        double meanNorm,
    @Setting(
            value = "deviation of the coordinates that say nothing of the class",
            min = 0,
            max = 1000)
        double nuisance,
    @Setting(value = "share of training labels that are wrong", min = 0, max = 1)
        double labelNoise) {

  /** The three losses that are compared. */
  public enum Form {
    OUT,
    IN,
    NTXENT
  }
}
