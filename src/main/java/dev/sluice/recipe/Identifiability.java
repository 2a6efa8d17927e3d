package dev.sluice.recipe;

import dev.sluice.augment.ConditionalPairs;
import dev.sluice.compute.Backend;
import dev.sluice.data.LatentBox;
import dev.sluice.data.LatentPairs;
import dev.sluice.data.LatentSphere;
import dev.sluice.data.Mixing;
import dev.sluice.loss.Objective;
import dev.sluice.loss.PowerInfoNce;
import dev.sluice.loss.TwoSidedInfoNce;
import dev.sluice.model.Module;
import dev.sluice.model.Networks;
import dev.sluice.model.Sequential;
import dev.sluice.model.SoftBox;
import dev.sluice.model.UnitSphere;
import dev.sluice.optim.StepDecay;
import dev.sluice.probe.LatentProbe;
import dev.sluice.recipe.IdentifiabilitySettings.Conditional;
import dev.sluice.recipe.IdentifiabilitySettings.Space;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Map;

/**
 * Contrast inverts what generated the data: with a loss that fits the law of the positives, the
 * embedding is the true latents, up to a rotation on a sphere, up to their order and sign in a box.
 */
public final class Identifiability implements Recipe<IdentifiabilitySettings> {
  private static final double SLOPE = 0.01;
  private static final double FLOOR = 1e-12;
  private static final double RATE_FACTOR = 0.2;
  private static final double RATE_SHARE = 0.7;

  @Override
  public String name() {
    return "identifiability";
  }

  @Override
  public String paper() {
    return "Zimmermann et al. 2021, arXiv 2102.08850";
  }

  @Override
  public String claim() {
    return "Contrast recovers the latents that generated the data: their span on a sphere, each by itself in a box when the"
        + " loss has the norm that fits.";
  }

  @Override
  public Class<IdentifiabilitySettings> settingsType() {
    return IdentifiabilitySettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        new Preset("sphere", "four latents on a sphere, InfoNCE", Map.of(), 3, List.of()),
        new Preset(
            "box",
            "three latents in a box, Laplace positives, L1: a plateau, then a jump",
            box("laplace", "0.15"),
            3,
            List.of()),
        new Preset(
            "box-normal",
            "the same with normal positives and L2",
            box("normal", "0.1"),
            3,
            List.of()));
  }

  private static Map<String, String> box(String conditional, String scale) {
    return Map.of(
        "space",
        "box",
        "latents",
        "3",
        "conditional",
        conditional,
        "scale",
        scale,
        "temperature",
        scale,
        "batch",
        "192",
        "learning_rate",
        "0.005",
        "horizon",
        "2000");
  }

  @Override
  public Experiment open(IdentifiabilitySettings settings, Backend backend, Ticker ticker) {
    long seed = settings.run().seed();
    int n = settings.latents();
    LatentPairs latents = latents(settings);
    Mixing mixing = new Mixing(seed, n);
    return new NetworkAssembly(
            settings.run(),
            backend,
            () -> new ConditionalPairs(backend, latents, mixing),
            Networks.of(encoder(settings, backend)),
            objective(settings, backend))
        .adam()
        .rate(new StepDecay(RATE_FACTOR, RATE_SHARE, settings.run().horizon()))
        .temperature(settings.temperature())
        .probe(new LatentProbe())
        .experiment(settings.space() == Space.SPHERE ? "latent-sphere" : "latent-box", ticker);
  }

  private static LatentPairs latents(IdentifiabilitySettings settings) {
    long seed = settings.run().seed();
    if (settings.space() == Space.SPHERE) {
      return new LatentSphere(seed, settings.latents(), settings.concentration());
    }
    return new LatentBox(
        seed,
        settings.latents(),
        settings.conditional() == Conditional.LAPLACE
            ? LatentBox.Law.LAPLACE
            : LatentBox.Law.NORMAL,
        settings.scale());
  }

  private static Objective objective(IdentifiabilitySettings settings, Backend backend) {
    int batch = settings.run().batch();
    if (settings.space() == Space.SPHERE) {
      return new TwoSidedInfoNce(
          backend, TwoSidedInfoNce.Similarity.DOT, batch, settings.latents());
    }
    return new PowerInfoNce(backend, batch, settings.conditional() == Conditional.LAPLACE ? 1 : 2);
  }

  private static Module<?> encoder(IdentifiabilitySettings settings, Backend backend) {
    long seed = settings.run().seed();
    int n = settings.latents();
    int hidden = settings.hidden();
    List<Module<?>> layers =
        Perceptron.layers(
            backend, Perceptron.Start.HE, seed, 0, SLOPE, n, hidden, hidden, hidden, n);
    layers.add(
        settings.space() == Space.SPHERE
            ? new UnitSphere(backend, n, FLOOR, 0)
            : new SoftBox(backend, n));
    return new Sequential(backend, layers);
  }
}
