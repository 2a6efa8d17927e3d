package dev.sluice.newcomer;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.DrawnPairs;
import dev.sluice.augment.NoisyPairs;
import dev.sluice.augment.Views;
import dev.sluice.collapse.CollapseLimits;
import dev.sluice.compute.Backend;
import dev.sluice.data.Gaussian;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.event.ReferenceBand;
import dev.sluice.loss.Objective;
import dev.sluice.model.Initialiser;
import dev.sluice.model.Linear;
import dev.sluice.model.Networks;
import dev.sluice.optim.ConstantRate;
import dev.sluice.optim.Sgd;
import dev.sluice.recipe.Experiment;
import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import dev.sluice.recipe.RunSettings;
import dev.sluice.recipe.Setting;
import dev.sluice.train.Learner;
import dev.sluice.train.StepTrainer;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Map;

/** A system with a loss and a probe of its own, out of what any package may use. */
final class NewcomerRecipe implements Recipe<NewcomerRecipe.NewcomerSettings> {
  static final String DEFAULTS =
      """
      common:
        seed: 0
        steps: 0
        pace: 0
        probe_budget: 0.5
      newcomer:
        batch: 16
        learning_rate: 0.1
        decay: 0
        horizon: 40
        noise: 0.5
      """;

  private static final int INPUTS = 6;
  private static final int OUTPUTS = 4;
  private static final int EVALUATION_SAMPLES = 32;

  /** All settings. */
  record NewcomerSettings(
      RunSettings run, @Setting(value = "of a view", min = 0, max = 10) double noise) {}

  @Override
  public String name() {
    return "newcomer";
  }

  @Override
  public String paper() {
    return "Nobody 2026";
  }

  @Override
  public String claim() {
    return "attraction alone collapses";
  }

  @Override
  public Class<NewcomerSettings> settingsType() {
    return NewcomerSettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(new Preset("noisy", "the default", Map.of(), 1, List.of()));
  }

  @Override
  public Experiment open(NewcomerSettings settings, Backend backend, Ticker ticker) {
    RunSettings run = settings.run();
    Gaussian source = new Gaussian(run.seed(), INPUTS);
    DrawnPairs pairs = NoisyPairs.of(backend, run.seed(), source, settings.noise());
    BatchShape shape = pairs.shape(run.batch());
    Networks networks =
        Networks.of(new Linear(backend, INPUTS, OUTPUTS, Initialiser.he(run.seed(), 0)));
    Objective objective = new Attraction(backend);
    Learner learner =
        new Learner(
            backend,
            networks,
            objective,
            new Sgd(backend, 0, networks.parameters()),
            List.of(),
            run.batch(),
            0);
    StepTrainer trainer =
        StepTrainer.overNetworks(
            backend,
            learner,
            new ConstantRate(),
            pairs,
            Views.unmasked(),
            shape,
            pairs.latents(),
            List.of(new WidestProbe()),
            EVALUATION_SAMPLES,
            run.probeBudget(),
            ticker);
    return new Experiment(
        trainer,
        () -> NoisyPairs.of(backend, run.seed(), source, settings.noise()),
        shape,
        new KnobValues(
            Map.of(
                Knob.LEARNING_RATE,
                run.learningRate(),
                Knob.DECAY,
                run.decay(),
                Knob.PACE,
                run.pace(),
                Knob.PROBE_BUDGET,
                run.probeBudget())),
        Views.unmasked(),
        run.horizon(),
        run.horizon(),
        new CollapseLimits(10, 0, run.horizon() / 2, OUTPUTS, objective.lowerBound()),
        false,
        0,
        objective.name(),
        "gaussian",
        List.of());
  }

  @Override
  public List<ReferenceBand> bands(NewcomerSettings settings) {
    return List.of();
  }
}
