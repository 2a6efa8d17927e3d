package dev.sluice.recipe;

import dev.sluice.augment.TreePairs;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ObjectiveKernels.Contrast;
import dev.sluice.data.LatentTree;
import dev.sluice.loss.Objective;
import dev.sluice.loss.Tian;
import dev.sluice.loss.TianReleased;
import dev.sluice.model.Initialiser;
import dev.sluice.model.Networks;
import dev.sluice.model.Sequential;
import dev.sluice.model.TreeEncoder;
import dev.sluice.model.UnitSphere;
import dev.sluice.probe.CovarianceOperatorProbe;
import dev.sluice.probe.TreeProbe;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Map;

/**
 * A tree-shaped ReLU net on data that descend from a hidden root: contrast alone makes its nodes
 * know the latents of the tree, most of all at the top, and the more units a node has the better.
 */
public final class LatentTrees implements Recipe<LatentTreeSettings> {
  /** Of the released script. */
  private static final double NORM_OFFSET = 1e-4;

  @Override
  public String name() {
    return "hltm";
  }

  @Override
  public String paper() {
    return "Tian et al. 2020, arXiv 2010.00578";
  }

  @Override
  public String claim() {
    return "Contrast alone teaches a deep ReLU net the hidden states of the tree its data descend from, driven by the"
        + " covariance operator at each node.";
  }

  @Override
  public Class<LatentTreeSettings> settingsType() {
    return LatentTreeSettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        healthy("tree", "5 levels, polarity from 0.8, 10 units a node", Map.of()),
        healthy("tree-weak", "edges that copy less: polarity from 0.7", Map.of("polarity", "0.7")),
        healthy(
            "tree-strong", "edges that copy more: polarity from 0.9", Map.of("polarity", "0.9")),
        loss("simple"),
        loss("triplet"),
        loss("infonce"),
        new Preset(
            "drill-narrow",
            "fire drill: 2 units a node and weak edges: the units die and the output stands still",
            Map.of("hidden", "2", "polarity", "0.7"),
            1,
            List.of("complete", "no_learning")));
  }

  private static Preset healthy(String name, String description, Map<String, String> overrides) {
    return new Preset(name, description, overrides, 2, List.of());
  }

  private static Preset loss(String contrast) {
    return new Preset(
        "tree-" + contrast,
        "the loss " + contrast + " of the paper instead of the released one",
        Map.of("contrast", contrast, "temperature", "0.5", "horizon", "600"),
        1,
        List.of());
  }

  @Override
  public Experiment open(LatentTreeSettings settings, Backend backend, Ticker ticker) {
    long seed = settings.run().seed();
    int hidden = settings.hidden();
    LatentTree tree = new LatentTree(seed, settings.depth(), settings.polarity());
    Networks networks =
        Networks.of(
            new Sequential(
                backend,
                List.of(
                    new TreeEncoder(
                        backend,
                        settings.depth(),
                        hidden,
                        tensor -> Initialiser.uniform(seed, tensor)),
                    new UnitSphere(backend, hidden, 0, NORM_OFFSET))));
    NetworkAssembly assembly =
        new NetworkAssembly(
            settings.run(),
            backend,
            () -> new TreePairs(backend, seed, tree, 1),
            networks,
            objective(settings, backend));
    if (settings.contrast() != LatentTreeSettings.Contrast.SIMPLE) {
      assembly.temperature(settings.temperature());
    }
    if (CovarianceOperatorProbe.fits(settings.depth(), hidden)) {
      assembly.probe(new CovarianceOperatorProbe(tree));
    }
    return assembly
        .probe(new TreeProbe(tree))
        // the embedding stands at one point until a weak root is seen: in nine seeds of ten not
        // longer
        .warmUp(600)
        // a step that went too far throws a healthy net back to one point for some 30 steps
        .patience(100)
        // the root is one bit
        .lowRank()
        .experiment("latent-tree", ticker);
  }

  private static Objective objective(LatentTreeSettings settings, Backend backend) {
    return switch (settings.contrast()) {
      case RELEASED -> new TianReleased(backend);
      case SIMPLE -> new Tian(backend, Contrast.SIMPLE, 1, settings.margin());
      case TRIPLET -> new Tian(backend, Contrast.TRIPLET, 1, settings.margin());
      case INFONCE -> new Tian(backend, Contrast.INFO_NCE, 1, settings.margin());
    };
  }
}
