package dev.sluice.recipe;

import dev.sluice.augment.DrawnPairs;
import dev.sluice.augment.NoisyPairs;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Gaussian;
import dev.sluice.data.SparseCoding;
import dev.sluice.loss.Byol;
import dev.sluice.model.BatchNorm;
import dev.sluice.model.Initialiser;
import dev.sluice.model.Linear;
import dev.sluice.model.Module;
import dev.sluice.model.Networks;
import dev.sluice.model.Sequential;
import dev.sluice.optim.DirectPred;
import dev.sluice.optim.Ema;
import dev.sluice.probe.PredictorProbe;
import dev.sluice.probe.TheoryProbe;
import dev.sluice.recipe.NonContrastiveSettings.Architecture;
import dev.sluice.recipe.NonContrastiveSettings.Predictor;
import dev.sluice.train.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Learning without negatives, in the manner of BYOL and SimSiam: nothing in the loss forbids
 * collapse, and yet a predictor together with a stop-gradient prevents it. Leave out either, or
 * decay the weights too much, and it comes; the linear theory says how fast.
 */
public final class NonContrastive implements Recipe<NonContrastiveSettings> {
  private static final int INPUTS = 30;
  private static final int OUTPUTS = 10;
  private static final int HIDDEN = 64;
  private static final double NORM_EPSILON = 1e-5;

  /** Of a view of the linear system: sigma^2. */
  private static final double LINEAR_NOISE = 0.25;

  private static final double LINEAR_STD = 0.1;
  private static final double PREDICTOR_DIAGONAL = 0.3;
  private static final double PREDICTOR_STD = 0.05;

  /** Standard deviation of a view's noise of the mlp. */
  private static final double MLP_NOISE = 0.2;

  private static final double MLP_ACTIVE = 0.1 * INPUTS;
  private static final double MLP_SAMPLE_NOISE = 0.01;

  private static final double DIRECT_MEMORY = 0.3;
  private static final double DIRECT_OFFSET = 0.1;

  /** Index of the predictor's tensor, beyond those of the encoder. */
  private static final long PREDICTOR_TENSOR = 100;

  @Override
  public String name() {
    return "noncontrastive";
  }

  @Override
  public String paper() {
    return "Tian, Chen and Ganguli 2021, arXiv 2102.06810";
  }

  @Override
  public String claim() {
    return "Without negatives a predictor and a stop-gradient together keep the representation from collapsing; either alone"
        + " does not.";
  }

  @Override
  public Class<NonContrastiveSettings> settingsType() {
    return NonContrastiveSettings.class;
  }

  @Override
  public List<Preset> presets() {
    List<Preset> presets = new ArrayList<>();
    presets.add(preset("mlp", "hidden layer with batch normalisation, predictor", Map.of()));
    presets.add(
        preset(
            "mlp-ema", "targets from a slow copy of the encoder", Map.of("target_rate", "0.99")));
    presets.add(
        preset(
            "mlp-directpred",
            "predictor in closed form from the embeddings' moments",
            Map.of("predictor", "direct")));
    presets.add(linear("linear", "one matrix, Euclidean loss, to hold against the theory"));
    presets.add(
        linear("linear-ema", "targets from a slow copy of the encoder", "target_rate", "0.99"));
    presets.add(linear("linear-directpred", "predictor in closed form", "predictor", "direct"));
    presets.add(
        linear("linear-decay", "weight decay 0.1, below the threshold of 0.2", "decay", "0.1"));
    // behind batch normalisation the norm grows, but directions are lost, in the end all of them
    presets.add(mlpDrill("no-predictor", Map.of("predictor", "none")));
    presets.add(mlpDrill("no-stop-gradient", Map.of("stop_gradient", "false")));
    presets.add(mlpDrill("neither", Map.of("predictor", "none", "stop_gradient", "false")));
    // a linear map shrinks, and loses no direction unless the predictor has favourites
    presets.add(linearDrill("no-predictor", "no_learning", Map.of("predictor", "none")));
    presets.add(linearDrill("no-stop-gradient", "dimensional", Map.of("stop_gradient", "false")));
    presets.add(
        linearDrill(
            "neither", "no_learning", Map.of("predictor", "none", "stop_gradient", "false")));
    presets.add(linearDrill("decay", "no_learning", Map.of("decay", "0.3")));
    return presets;
  }

  private static Preset preset(String name, String description, Map<String, String> overrides) {
    return new Preset(name, description, overrides, 1, List.of());
  }

  private static Preset linear(String name, String description, String... override) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("architecture", "linear");
    overrides.put("learning_rate", "0.05");
    for (int i = 0; i < override.length; i += 2) {
      overrides.put(override[i], override[i + 1]);
    }
    return preset(name, description, overrides);
  }

  private static Preset mlpDrill(String what, Map<String, String> overrides) {
    return drill("mlp-" + what, what, overrides, "dimensional");
  }

  private static Preset linearDrill(String what, String besides, Map<String, String> overrides) {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    all.put("architecture", "linear");
    all.put("learning_rate", "0.05");
    return drill("linear-" + what, what, all, besides);
  }

  private static Preset drill(
      String name, String what, Map<String, String> overrides, String besides) {
    return new Preset(
        "drill-" + name,
        "fire drill: " + what.replace('-', ' ') + ": everything comes to one point",
        overrides,
        1,
        List.of("complete", besides));
  }

  @Override
  public Experiment open(NonContrastiveSettings settings, Backend backend, Ticker ticker) {
    boolean linear = settings.architecture() == Architecture.LINEAR;
    Module<?> encoder = encoder(settings, backend);
    Linear predictor = predictor(settings, backend);
    Module<?> target = settings.targetRate() > 0 ? encoder(settings, backend) : null;
    NetworkAssembly assembly =
        new NetworkAssembly(
            settings.run(),
            backend,
            pairs(settings, backend),
            new Networks(encoder, predictor, target, null),
            new Byol(
                backend,
                linear ? Byol.Distance.EUCLID : Byol.Distance.COSINE,
                settings.stopGradient(),
                settings.run().batch(),
                OUTPUTS));
    if (settings.predictor() == Predictor.DIRECT && predictor != null) {
      assembly.fixedPredictor(
          new DirectPred(
              backend,
              linear ? DirectPred.Form.ABSOLUTE : DirectPred.Form.RELATIVE,
              DIRECT_MEMORY,
              DIRECT_OFFSET,
              predictor));
    }
    if (target != null) {
      assembly.hook(
          new Ema(settings.targetRate(), backend, encoder.parameters(), target.parameters()));
    }
    assembly.probe(new PredictorProbe(predictor != null));
    if (!linear) {
      assembly.directionsOnly();
    }
    if (linear && theoryHolds(settings)) {
      assembly.probe(new TheoryProbe(LINEAR_NOISE, predictor != null, settings.stopGradient()));
    }
    return assembly.experiment(linear ? "gaussian" : "sparse-coding", ticker);
  }

  /**
   * The theory is of a predictor with a stop-gradient, where it has a point of rest, and of none
   * with the encoder itself for a target.
   */
  private static boolean theoryHolds(NonContrastiveSettings settings) {
    return switch (settings.predictor()) {
      case TRAINED -> settings.stopGradient();
      case NONE -> settings.targetRate() == 0;
      case DIRECT -> false;
    };
  }

  private static Supplier<DrawnPairs> pairs(NonContrastiveSettings settings, Backend backend) {
    long seed = settings.run().seed();
    if (settings.architecture() == Architecture.LINEAR) {
      AnchorSource source = new Gaussian(seed, INPUTS);
      return () -> NoisyPairs.of(backend, seed, source, Math.sqrt(LINEAR_NOISE));
    }
    AnchorSource source =
        new SparseCoding(
            seed, INPUTS, SparseCoding.equalProbabilities(INPUTS, MLP_ACTIVE), MLP_SAMPLE_NOISE);
    return () -> NoisyPairs.of(backend, seed, source, MLP_NOISE);
  }

  private static Module<?> encoder(NonContrastiveSettings settings, Backend backend) {
    long seed = settings.run().seed();
    if (settings.architecture() == Architecture.LINEAR) {
      return new Linear(backend, INPUTS, OUTPUTS, Initialiser.gaussian(seed, 0, LINEAR_STD));
    }
    List<Module<?>> layers =
        Perceptron.layers(backend, Perceptron.Start.UNIFORM, seed, 0, 0, INPUTS, HIDDEN, OUTPUTS);
    layers.add(1, new BatchNorm(backend, HIDDEN, NORM_EPSILON));
    return new Sequential(backend, layers);
  }

  private static @Nullable Linear predictor(NonContrastiveSettings settings, Backend backend) {
    if (settings.predictor() == Predictor.NONE) {
      return null;
    }
    long seed = settings.run().seed();
    return new Linear(backend, OUTPUTS, OUTPUTS, Initialiser.values(nearDiagonal(seed)));
  }

  /** Wp = 0.3 I + 0.05 N(0, 1). */
  private static double[] nearDiagonal(long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, PREDICTOR_TENSOR);
    double[] values = new double[OUTPUTS * OUTPUTS];
    for (int i = 0; i < values.length; i++) {
      boolean diagonal = i / OUTPUTS == i % OUTPUTS;
      values[i] = (diagonal ? PREDICTOR_DIAGONAL : 0) + PREDICTOR_STD * stream.gaussian(i);
    }
    return values;
  }
}
