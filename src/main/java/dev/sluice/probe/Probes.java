package dev.sluice.probe;

import dev.sluice.data.AnchorSource;
import dev.sluice.data.LatentTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The registry of probes: one line each, in the order of their series. */
public final class Probes {
  /** Of any representation, whatever it comes from. */
  private static final List<Supplier<Probe>> GENERAL =
      List.of(
          // every step
          LossProbe::new,
          ActivationProbe::new,
          EmbeddingProbe::new,
          OptimisationProbe::new,
          // on the evaluation batch
          ViewGeometry::new,
          Uniformity::new,
          EffectiveRank::new);

  /** Of one layer of soft-threshold neurons. */
  private static final List<Function<Setting, Probe>> LAYER =
      List.of(
          // every step
          setting -> new ThresholdProbe(),
          setting -> new CorrelationEstimateProbe(),
          // on the evaluation batch
          setting -> new Decomposition(),
          setting -> new InputCorrelation(),
          setting -> new RepresentationCosine(),
          setting -> new FeatureAlignment(),
          setting -> new Selectivity(),
          setting -> new PreactivationKurtosis(),
          setting -> new FiringRates(),
          setting -> new FilterClusters(),
          setting -> new FilterSpectrum(),
          setting -> new FilterWindow(),
          setting -> new RidgeProbe(setting.source(), setting.seed()),
          // without a dictionary; where it is known they are held against the truth
          setting -> new NeuronSparseness(),
          setting -> new SplitCorrelation(),
          setting -> new CoverageEstimate(),
          setting -> new WeightEnergyEstimate(setting.source()));

  private static final LatentTree SOME_TREE = new LatentTree(0, 2, 1);

  /** Of one system of networks each; a recipe makes its own with what it knows. */
  private static final List<Supplier<Probe>> SYSTEMS =
      List.of(
          HealthProbe::new,
          () -> new TreeProbe(SOME_TREE),
          () -> new CovarianceOperatorProbe(SOME_TREE),
          () -> new PredictorProbe(true),
          () -> new TheoryProbe(1, true, true),
          () -> new TheoryProbe(1, false, true),
          () -> new ReadoutProbe(List.of(new ReadoutProbe.Group("latents", 0, 1))),
          ClassProbe::new,
          LatentProbe::new,
          () -> new DirectionProbe(() -> new double[] {1}, 0, 1, 1));

  private Probes() {}

  /** What a probe may be made from. Nothing is drawn before it first measures. */
  private record Setting(AnchorSource source, long seed) {}

  /**
   * New probes for a run of one layer: all whose needs it meets, in the order of their series.
   *
   * @param shape says whether the truth is known and whether the inputs are images
   * @param source of the run's anchors, for probes with samples of their own
   * @param seed of the run
   */
  public static List<Probe> forLayer(ProbeShape shape, AnchorSource source, long seed) {
    Setting setting = new Setting(source, seed);
    List<Probe> probes = general();
    for (Function<Setting, Probe> make : LAYER) {
      Probe probe = make.apply(setting);
      if (meets(shape, probe)) {
        probes.add(probe);
      }
    }
    return probes;
  }

  /** New probes for a run of networks: those of any representation, then the system's own. */
  public static List<Probe> forNetworks(List<Probe> own) {
    List<Probe> probes = general();
    probes.addAll(own);
    return probes;
  }

  /** One of each kind that recipes make, for what it declares. */
  public static List<Probe> ofSystems() {
    return SYSTEMS.stream().map(Supplier::get).toList();
  }

  private static List<Probe> general() {
    List<Probe> probes = new ArrayList<>();
    GENERAL.forEach(make -> probes.add(make.get()));
    return probes;
  }

  private static boolean meets(ProbeShape shape, Probe probe) {
    boolean truth = shape.groundTruth() || !probe.needs().contains(Need.GROUND_TRUTH);
    boolean images = shape.tileSide() > 0 || !probe.needs().contains(Need.IMAGES);
    return truth && images;
  }
}
