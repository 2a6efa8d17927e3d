package dev.sluice.recipe;

import dev.sluice.compute.Backend;
import dev.sluice.data.SparseCoding;
import dev.sluice.event.ReferenceBand;
import dev.sluice.loss.Negatives;
import dev.sluice.optim.ThresholdSchedule.Growth;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Wen and Li 2021, "Toward understanding the feature learning process of self-supervised
 * contrastive learning": sparse codes in dense noise, complementary random masks, one layer of
 * symmetrised ReLUs with growing thresholds, InfoNCE. Feature decoupling: masks break the
 * correlation of the dense noise between the views and keep that of the sparse features, so that
 * each neuron ends on one feature.
 */
public final class WenLi implements Recipe<WenLiSettings> {

  /** The settings of the preset lottery-small, seed 0, with masks. */
  public static final WenLiSettings LOTTERY_SMALL =
      new WenLiSettings(
          new LearnerSettings(
              40,
              0.02,
              1,
              Negatives.BATCH,
              256,
              0.5,
              0.05,
              0.001,
              0,
              2000,
              250,
              0.4654118,
              0.015625,
              Growth.CAPPED,
              0.5,
              1.5,
              500,
              LearnerSettings.Augment.MASK,
              0,
              0.5,
              0,
              0,
              0,
              0.08),
          32,
          512,
          2,
          0.06,
          WenLiSettings.Frequencies.EQUAL);

  /** The settings of the preset lottery-medium, seed 0, with masks. */
  public static final WenLiSettings LOTTERY_MEDIUM =
      new WenLiSettings(
          new LearnerSettings(
              80,
              0.015,
              1,
              Negatives.BATCH,
              256,
              0.6,
              0.06,
              0.0005,
              0,
              3500,
              300,
              0.36,
              0.009375,
              Growth.CAPPED,
              0.5,
              1.5,
              500,
              LearnerSettings.Augment.MASK,
              0,
              0.5,
              0,
              0,
              0,
              0.08),
          64,
          1024,
          2.5,
          0.055,
          WenLiSettings.Frequencies.EQUAL);

  private static final Map<String, String> MEDIUM =
      Map.ofEntries(
          Map.entry("neurons", "80"),
          Map.entry("initial_std", "0.015"),
          Map.entry("learning_rate", "0.6"),
          Map.entry("learning_rate_end", "0.06"),
          Map.entry("decay", "0.0005"),
          Map.entry("horizon", "3500"),
          Map.entry("stage_one", "300"),
          Map.entry("threshold_start", "0.36"),
          Map.entry("threshold_rate", "0.009375"),
          Map.entry("features", "64"),
          Map.entry("inputs", "1024"),
          Map.entry("active", "2.5"),
          Map.entry("noise_variance", "0.055"));

  @Override
  public String name() {
    return "wen-li";
  }

  @Override
  public String paper() {
    return "Wen and Li 2021, arXiv 2105.15134";
  }

  @Override
  public String claim() {
    return "Masks that share no coordinate decouple dense noise from sparse features: each neuron ends on one feature;"
        + " without them neurons learn the noise.";
  }

  @Override
  public Class<WenLiSettings> settingsType() {
    return WenLiSettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        healthy(
            "lottery-small",
            "32 features in 512 inputs, 40 neurons; augment=none is the other arm",
            Map.of(),
            6),
        healthy("lottery-medium", "64 features in 1,024 inputs, 80 neurons", MEDIUM, 25),
        drill(
            "drill-over-threshold",
            "thresholds raised to 1.5 times the norm: every neuron falls silent",
            Map.of("threshold_growth", "ratio", "steps", "1000"),
            "complete",
            "neuron"),
        drill(
            "drill-threshold-runaway",
            "thresholds grow without their cap: every neuron dies",
            Map.of("threshold_growth", "uncapped", "steps", "700"),
            "complete",
            "neuron"),
        drill(
            "drill-learning-rate",
            "learning rate 20: the weights run to infinity",
            Map.of("learning_rate", "20", "learning_rate_end", "20", "steps", "100"),
            "divergence"),
        drill(
            "drill-weight-decay",
            "decay 0.1 wipes the weights out: invisible to scale-free measures",
            Map.of("decay", "0.1", "steps", "700"),
            "no_learning"),
        drill(
            "drill-no-augmentation",
            "no masks: the dense noise stays correlated and is learned",
            Map.of("augment", "none", "steps", "1200"),
            "decoupling"),
        drill(
            "drill-no-negatives",
            "nothing pushes apart: the norms grow without bound",
            Map.of("negatives", "none", "steps", "600"),
            "divergence"),
        drill(
            "drill-no-negatives-unequal",
            "no negatives, unequal features, bounded norms: all neurons on one feature",
            Map.of(
                "negatives",
                "none",
                "latent_frequencies",
                "zipf",
                "threshold_growth",
                "off",
                "norm_limit",
                "1",
                "steps",
                "600"),
            "dimensional"),
        healthy(
            "control-negatives-unequal",
            "unequal features as in the last drill, with negatives: stays healthy",
            Map.of("latent_frequencies", "zipf", "threshold_growth", "off", "steps", "600"),
            3));
  }

  private static Preset healthy(
      String name, String description, Map<String, String> overrides, double seconds) {
    return new Preset(name, description, overrides, seconds, List.of());
  }

  private static Preset drill(
      String name, String description, Map<String, String> overrides, String... reports) {
    return new Preset(name, "fire drill: " + description, overrides, 3, List.of(reports));
  }

  @Override
  public Experiment open(WenLiSettings settings, Backend backend, Ticker ticker) {
    double[] probabilities =
        switch (settings.latentFrequencies()) {
          case EQUAL -> SparseCoding.equalProbabilities(settings.features(), settings.active());
          case ZIPF -> SparseCoding.unequalProbabilities(settings.features(), settings.active());
        };
    SparseCoding source =
        new SparseCoding(
            settings.learner().seed(), settings.inputs(), probabilities, settings.noiseVariance());
    return new Assembly(settings.learner(), source, source.negatives(), backend)
        .experiment("sparse-coding", List.of(), ticker);
  }

  @Override
  public List<ReferenceBand> bands(WenLiSettings settings) {
    String arm = settings.learner().augment().name().toLowerCase(Locale.ROOT);
    if (settings.comparable().equals(LOTTERY_SMALL.comparable())) {
      return ReferenceBands.of("lottery-small/" + arm);
    }
    if (settings.comparable().equals(LOTTERY_MEDIUM.comparable())) {
      return ReferenceBands.of("lottery-medium/" + arm);
    }
    return List.of();
  }
}
