package dev.sluice.recipe;

import dev.sluice.augment.CubePairs;
import dev.sluice.augment.DrawnPairs;
import dev.sluice.augment.PatchPairs;
import dev.sluice.compute.Backend;
import dev.sluice.data.Hypercube;
import dev.sluice.data.ShiftedPatch;
import dev.sluice.loss.BarlowTwins;
import dev.sluice.loss.HaoChenMa;
import dev.sluice.loss.Objective;
import dev.sluice.loss.Spectral;
import dev.sluice.loss.VicReg;
import dev.sluice.model.CircularConvolution;
import dev.sluice.model.Initialiser;
import dev.sluice.model.LeakyRelu;
import dev.sluice.model.Linear;
import dev.sluice.model.MeanPool;
import dev.sluice.model.Module;
import dev.sluice.model.Networks;
import dev.sluice.model.Sequential;
import dev.sluice.probe.ReadoutProbe;
import dev.sluice.recipe.InductiveBiasSettings.Data;
import dev.sluice.train.Ticker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a contrastive method learns depends on what its architecture can make: where the
 * augmentation leaves more clusters than the embedding has dimensions, a linear map or a
 * convolution finds those that it alone can realise, while a universal network takes any.
 */
public final class InductiveBias implements Recipe<InductiveBiasSettings> {
  private static final int DIMENSIONS = 10;
  private static final int INVARIANT = 3;
  private static final int RING = 12;
  private static final int PATCH = 2;
  private static final double BACKGROUND = 0.3;
  private static final int HIDDEN = 128;
  private static final int FILTERS = 32;
  private static final double BARLOW_LAMBDA = 0.005;

  @Override
  public String name() {
    return "inductive-bias";
  }

  @Override
  public String paper() {
    return "HaoChen and Ma 2022, arXiv 2211.14699";
  }

  @Override
  public String claim() {
    return "With too few dimensions for every cluster, the architecture decides which are found: a linear map the invariant"
        + " coordinates, a convolution the patch wherever it stands.";
  }

  @Override
  public Class<InductiveBiasSettings> settingsType() {
    return InductiveBiasSettings.class;
  }

  @Override
  public List<Preset> presets() {
    Map<String, String> quarter =
        Map.of("amplitude", "0.25", "learning_rate", "0.02", "horizon", "3000");
    Map<String, String> shift = Map.of("data", "shift", "outputs", "4", "horizon", "600");
    return List.of(
        preset("cube-linear", "linear map of a cube's corners: finds what is invariant", Map.of()),
        preset(
            "cube-relu",
            "hidden ReLU layer on the same cube: takes what comes",
            Map.of("encoder", "relu")),
        preset("cube-linear-quarter", "invariant coordinates a quarter as large", quarter),
        preset(
            "cube-relu-quarter",
            "the same with a hidden ReLU layer",
            with(quarter, "encoder", "relu")),
        preset(
            "shift-convolution",
            "convolution with pooling: finds which patch it is, not where",
            with(shift, "encoder", "convolution")),
        preset(
            "shift-relu",
            "hidden ReLU layer on the same signal: fails",
            with(shift, "encoder", "relu")));
  }

  private static Map<String, String> with(Map<String, String> overrides, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(overrides);
    more.put(key, value);
    return more;
  }

  private static Preset preset(String name, String description, Map<String, String> overrides) {
    return new Preset(name, description, overrides, 1, List.of());
  }

  @Override
  public Experiment open(InductiveBiasSettings settings, Backend backend, Ticker ticker) {
    boolean cube = settings.data() == Data.CUBE;
    Networks networks = Networks.of(encoder(settings, backend, cube ? DIMENSIONS : RING));
    return new NetworkAssembly(
            settings.run(),
            backend,
            pairs(settings, backend),
            networks,
            objective(settings, backend))
        .adam()
        .probe(
            new ReadoutProbe(
                cube
                    ? List.of(
                        new ReadoutProbe.Group("invariant", 0, INVARIANT),
                        new ReadoutProbe.Group("spurious", INVARIANT, DIMENSIONS - INVARIANT))
                    : List.of(
                        new ReadoutProbe.Group("patch", 0, PATCH),
                        new ReadoutProbe.Group("position", PATCH, 2))))
        .experiment(cube ? "hypercube" : "shifted-patch", ticker);
  }

  private static Objective objective(InductiveBiasSettings settings, Backend backend) {
    int batch = settings.run().batch();
    int width = settings.outputs();
    return switch (settings.loss()) {
      case HAOCHEN_MA -> new HaoChenMa(backend, batch, width, settings.regulariser());
      case SPECTRAL -> new Spectral(backend, true, batch, width);
      case VICREG -> new VicReg(backend, batch, width, VicReg.Weights.USUAL);
      case BARLOW_TWINS -> new BarlowTwins(backend, batch, width, BARLOW_LAMBDA);
    };
  }

  private static Supplier<DrawnPairs> pairs(InductiveBiasSettings settings, Backend backend) {
    long seed = settings.run().seed();
    if (settings.data() == Data.CUBE) {
      Hypercube cube = new Hypercube(seed, DIMENSIONS, INVARIANT, settings.amplitude());
      return () -> new CubePairs(backend, seed, cube);
    }
    ShiftedPatch patch = new ShiftedPatch(seed, RING);
    return () -> new PatchPairs(backend, seed, patch, BACKGROUND);
  }

  private static Module<?> encoder(InductiveBiasSettings settings, Backend backend, int inputs) {
    long seed = settings.run().seed();
    int outputs = settings.outputs();
    return switch (settings.encoder()) {
      case LINEAR ->
          // with a bias the constant would be one more invariant function
          new Linear(backend, inputs, outputs, Initialiser.uniform(seed, 0));
      case RELU ->
          new Sequential(
              backend,
              Perceptron.layers(
                  backend, Perceptron.Start.UNIFORM, seed, 0, 0, inputs, HIDDEN, outputs));
      case CONVOLUTION ->
          // from a uniform start some seeds still mistake some patches for each other
          new Sequential(
              backend,
              List.of(
                  new CircularConvolution(
                      backend,
                      inputs,
                      PATCH,
                      FILTERS,
                      Initialiser.he(seed, 0),
                      Initialiser.constant(0)),
                  new LeakyRelu(backend, FILTERS, 0),
                  new MeanPool(backend, FILTERS, inputs),
                  new Linear(
                      backend,
                      FILTERS,
                      outputs,
                      Initialiser.he(seed, 2),
                      Initialiser.constant(0))));
    };
  }
}
