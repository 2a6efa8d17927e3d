package dev.sluice.recipe;

/** Settings of {@link Identifiability}. */
public record IdentifiabilitySettings(
    RunSettings run,
    @Setting(value = "tau, temperature of the loss", min = 0.001, max = 1000) double temperature,
    @Setting("where the latents live, and with it the loss") Space space,
    @Setting(value = "n, latents of a sample", min = 2, max = 16) int latents,
    @Setting("law of a positive's latents around the anchor's (box only)") Conditional conditional,
    @Setting(value = "its scale (box only)", min = 0.001, max = 1) double scale,
    @Setting(value = "kappa, its concentration (sphere only)", min = 0.001, max = 1000)
        double concentration,
    @Setting(value = "width of the three hidden layers", min = 1, max = 4096) int hidden) {

  /** Where the latents live. */
  public enum Space {
    SPHERE,
    BOX
  }

  /** How a positive's latents lie around the anchor's; the loss takes the norm that fits. */
  public enum Conditional {
    LAPLACE,
    NORMAL
  }
}
