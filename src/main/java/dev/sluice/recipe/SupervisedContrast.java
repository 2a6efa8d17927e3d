package dev.sluice.recipe;

import dev.sluice.augment.NoisyPairs;
import dev.sluice.compute.Backend;
import dev.sluice.data.GaussianClasses;
import dev.sluice.loss.SupCon;
import dev.sluice.model.Networks;
import dev.sluice.model.Sequential;
import dev.sluice.probe.ClassProbe;
import dev.sluice.recipe.SupervisedContrastSettings.Form;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Map;

/**
 * Contrast with labels: where the sum over positives stands decides whether classes are pulled
 * together. Outside the logarithm every positive counts, inside the easiest one does, which is the
 * other view, so that the loss behaves as if there were no labels.
 */
public final class SupervisedContrast implements Recipe<SupervisedContrastSettings> {
  private static final int HIDDEN = 64;
  private static final int OUTPUTS = 16;
  private static final double MOMENTUM = 0.9;
  private static final double VIEW_NOISE = 0.5;

  @Override
  public String name() {
    return "supcon";
  }

  @Override
  public String paper() {
    return "Khosla et al. 2020, arXiv 2004.11362";
  }

  @Override
  public String claim() {
    return "With the sum over positives outside the logarithm classes come together, with it inside less, without labels"
        + " not at all.";
  }

  @Override
  public Class<SupervisedContrastSettings> settingsType() {
    return SupervisedContrastSettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        hard("hard-out", "sum outside the logarithm", "form", "out"),
        hard("hard-in", "sum inside the logarithm", "form", "in"),
        hard("hard-ntxent", "without labels", "form", "ntxent"),
        noisy("noisy-out", "out"),
        noisy("noisy-in", "in"),
        easy("easy-out", "out"),
        easy("easy-in", "in"),
        easy("easy-ntxent", "ntxent"));
  }

  private static Preset hard(String name, String description, String... setting) {
    return new Preset(
        name,
        "near classes under much nuisance, " + description,
        Map.of(setting[0], setting[1]),
        1,
        List.of());
  }

  private static Preset noisy(String name, String form) {
    return new Preset(
        name,
        "the same with 30 % wrong labels, sum " + form + "side the logarithm",
        Map.of("form", form, "label_noise", "0.3"),
        1,
        List.of());
  }

  private static Preset easy(String name, String form) {
    return new Preset(
        name,
        "classes far apart, loss " + form,
        Map.of("form", form, "mean_norm", "4.7434165", "nuisance", "1"),
        1,
        List.of());
  }

  @Override
  public Experiment open(SupervisedContrastSettings settings, Backend backend, Ticker ticker) {
    long seed = settings.run().seed();
    GaussianClasses classes =
        new GaussianClasses(seed, settings.meanNorm(), settings.nuisance(), settings.labelNoise());
    Networks networks =
        Networks.of(
            new Sequential(
                backend,
                Perceptron.layers(
                    backend, Perceptron.Start.HE, seed, 0, 0, classes.inputs(), HIDDEN, OUTPUTS)));
    NetworkAssembly assembly =
        new NetworkAssembly(
                settings.run(),
                backend,
                () -> NoisyPairs.labelled(backend, seed, classes, VIEW_NOISE),
                networks,
                new SupCon(backend, form(settings.form()), settings.run().batch(), OUTPUTS))
            .momentum(MOMENTUM)
            .temperature(settings.temperature())
            .directionsOnly()
            .probe(new ClassProbe());
    if (settings.form() == Form.OUT) {
      // first all classes come together, to an eighth of the spread, and the loss to its chance
      // level; then they part again, within some 250 steps where many labels are wrong
      assembly.warmUp(250).spreadFall(0.1);
      // of the dimensions as many stay as there are classes, or fewer
      assembly.lowRank();
    }
    return assembly.experiment("gaussian-classes", ticker);
  }

  private static SupCon.Form form(Form form) {
    return switch (form) {
      case OUT -> SupCon.Form.OUTSIDE;
      case IN -> SupCon.Form.INSIDE;
      case NTXENT -> SupCon.Form.IDENTITY;
    };
  }
}
