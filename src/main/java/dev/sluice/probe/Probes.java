package dev.sluice.probe;

import dev.sluice.data.AnchorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The registry of probes: one line each, in the order of their series. */
public final class Probes {
  private static final List<Function<Setting, Probe>> ALL =
      List.of(
          // every step
          setting -> new LossProbe(),
          setting -> new ActivationProbe(),
          setting -> new EmbeddingProbe(),
          setting -> new OptimisationProbe(),
          setting -> new CorrelationEstimateProbe(),
          // on the evaluation batch
          setting -> new Decomposition(),
          setting -> new InputCorrelation(),
          setting -> new RepresentationCosine(),
          setting -> new FeatureAlignment(),
          setting -> new Selectivity(),
          setting -> new PreactivationKurtosis(),
          setting -> new FiringRates(),
          setting -> new ViewGeometry(),
          setting -> new Uniformity(),
          setting -> new EffectiveRank(),
          setting -> new FilterClusters(),
          setting -> new FilterSpectrum(),
          setting -> new FilterWindow(),
          setting -> new RidgeProbe(setting.source(), setting.seed()),
          // without a dictionary; where it is known they are held against the truth
          setting -> new NeuronSparseness(),
          setting -> new SplitCorrelation(),
          setting -> new CoverageEstimate(),
          setting -> new WeightEnergyEstimate(setting.source()));

  private Probes() {}

  /** What a probe may be made from. Nothing is drawn before it first measures. */
  private record Setting(AnchorSource source, long seed) {}

  /**
   * New probes for a run: all whose needs it meets, in the order of their series.
   *
   * @param shape says whether the truth is known and whether the inputs are images
   * @param source of the run's anchors, for probes with samples of their own
   * @param seed of the run
   */
  public static List<Probe> forRun(ProbeShape shape, AnchorSource source, long seed) {
    Setting setting = new Setting(source, seed);
    List<Probe> probes = new ArrayList<>();
    for (Function<Setting, Probe> make : ALL) {
      Probe probe = make.apply(setting);
      if (meets(shape, probe)) {
        probes.add(probe);
      }
    }
    return probes;
  }

  private static boolean meets(ProbeShape shape, Probe probe) {
    boolean truth = shape.groundTruth() || !probe.needs().contains(Need.GROUND_TRUTH);
    boolean images = shape.tileSide() > 0 || !probe.needs().contains(Need.IMAGES);
    return truth && images;
  }
}
