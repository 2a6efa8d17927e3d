package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Acceptance of the systems of networks: where a single run ends, whatever its seed. The bands come
 * from reference runs of small size, not from the papers.
 */
@Tag("slow")
class SystemBandsTest {
  private static final int SAMPLES = 4096;

  private static final String CEILING = "sluice_tree_ceiling_ratio";
  private static final String ROOT = "sluice_tree_correlation{level=\"0\"}";
  private static final String SPREAD = "sluice_embedding_std_ratio{layer=\"encoder\"}";
  private static final String NORM = "sluice_embedding_norm{layer=\"encoder\",stat=\"mean\"}";
  private static final String PREDICTOR = "sluice_predictor_eigenvalue{stat=\"mean\"}";
  private static final String INVARIANT = "sluice_readout_r2{target=\"invariant\"}";
  private static final String READOUT = "sluice_readout_accuracy_ratio";
  private static final String CLASSES = "sluice_class_accuracy_ratio";
  private static final String R2 = "sluice_latent_r2";
  private static final String MCC = "sluice_latent_mcc";
  private static final String COSINE = "sluice_direction_cosine";
  private static final String AGE = "sluice_age_correlation";

  private static TrainedRun open(String recipe, String preset, long seed) {
    // what is measured on the way changes nothing, and the bands are of single steps
    return Presets.open(recipe, preset, "seed=" + seed, "probe_budget=0.01");
  }

  /** A series of a run of so many steps. */
  private static double at(String recipe, String preset, long seed, long steps, String key) {
    try (TrainedRun run = open(recipe, preset, seed)) {
      return run.to(steps).closing(SAMPLES, key);
    }
  }

  /** A series of a run to its end. */
  private static double end(String recipe, String preset, long seed, String key) {
    try (TrainedRun run = open(recipe, preset, seed)) {
      return run.to(run.experiment().defaultSteps()).closing(SAMPLES, key);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("the root of a tree is known nearly as well as it can be, and learning brings it")
  void latentTree_knowsItsRoot(long seed) {
    try (TrainedRun run = open("hltm", "tree", seed)) {
      double before = run.closing(SAMPLES, CEILING);
      double after = run.to(1500).closing(SAMPLES, CEILING);
      assertThat(after).isGreaterThanOrEqualTo(0.93);
      assertThat(before).isLessThan(0.9);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("with 2 units a node instead of 10 the root is known far less")
  void latentTree_needsMoreUnitsThanLatents(long seed) {
    double narrow = end("hltm", "drill-narrow", seed, ROOT);
    double wide = end("hltm", "tree-weak", seed, ROOT);
    assertThat(wide - narrow).isGreaterThan(0.2);
  }

  @ParameterizedTest
  @CsvSource({
    "drill-mlp-no-predictor, 0, 0.15",
    "drill-mlp-no-stop-gradient, 0, 0.15",
    "drill-mlp-neither, 0, 0.15",
    "mlp, 0.45, 1",
    "mlp-directpred, 0.75, 1",
    "mlp-ema, 0.75, 1"
  })
  @DisplayName("an mlp keeps its spread with a predictor and a stop-gradient, and loses it else")
  void nonContrastive_mlpSpreadAtStep100(String preset, double least, double most) {
    for (long seed = 0; seed < 3; seed++) {
      assertThat(at("noncontrastive", preset, seed, 100, SPREAD))
          .as(preset + " with seed " + seed)
          .isBetween(least, most);
    }
  }

  @ParameterizedTest
  @CsvSource({"drill-linear-no-predictor, 0.285, 0.01", "drill-linear-neither, 0.0795, 0.005"})
  @DisplayName("without a predictor a linear map shrinks as fast as the theory says")
  void nonContrastive_linearNormAtStep100(String preset, double share, double tolerance) {
    for (long seed = 0; seed < 3; seed++) {
      try (TrainedRun run = open("noncontrastive", preset, seed)) {
        double before = run.closing(SAMPLES, NORM);
        double after = run.to(100).closing(SAMPLES, NORM);
        assertThat(after / before).as("seed " + seed).isCloseTo(share, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"linear, 0.80", "linear-decay, 0.683"})
  @DisplayName("the predictor's eigenvalues come to rest where the theory says")
  void nonContrastive_linearPredictorAtStep600(String preset, double eigenvalue) {
    for (long seed = 0; seed < 3; seed++) {
      assertThat(at("noncontrastive", preset, seed, 600, PREDICTOR))
          .as("seed " + seed)
          .isCloseTo(eigenvalue, within(0.01));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("above the theory's threshold a weight decay leaves nothing")
  void nonContrastive_decayAboveTheThresholdCollapses(long seed) {
    try (TrainedRun run = open("noncontrastive", "drill-linear-decay", seed)) {
      double before = run.closing(SAMPLES, NORM);
      assertThat(run.to(600).closing(SAMPLES, NORM)).isLessThan(0.01 * before);
      assertThat(run.closing(SAMPLES, PREDICTOR)).isLessThan(0.01);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cube-linear, cube-relu, 0.85",
    "cube-linear-quarter, cube-relu-quarter, 0.75",
  })
  @DisplayName("of a cube a linear map finds the invariant coordinates, a ReLU layer less of them")
  void inductiveBias_cube(String linear, String relu, double most) {
    for (long seed = 0; seed < 3; seed++) {
      assertThat(end("inductive-bias", linear, seed, INVARIANT))
          .as(linear + " with seed " + seed)
          .isGreaterThanOrEqualTo(0.98);
      assertThat(end("inductive-bias", relu, seed, INVARIANT))
          .as(relu + " with seed " + seed)
          .isLessThanOrEqualTo(most);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("a convolution finds which patch it is, a ReLU layer does not")
  void inductiveBias_shift(long seed) {
    assertThat(end("inductive-bias", "shift-convolution", seed, READOUT))
        .isGreaterThanOrEqualTo(0.93);
    assertThat(end("inductive-bias", "shift-relu", seed, READOUT)).isLessThanOrEqualTo(0.50);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("classes stand apart best with the sum outside the logarithm, least without labels")
  void supcon_outsideOverInsideOverNone(long seed) {
    double out = end("supcon", "hard-out", seed, CLASSES);
    double in = end("supcon", "hard-in", seed, CLASSES);
    double none = end("supcon", "hard-ntxent", seed, CLASSES);
    assertThat(out - in).isGreaterThanOrEqualTo(0.08);
    assertThat(in - none).isGreaterThanOrEqualTo(0.15);
    assertThat(end("supcon", "noisy-out", seed, CLASSES))
        .isGreaterThan(end("supcon", "noisy-in", seed, CLASSES));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("the latents of a sphere are found but for a rotation")
  void identifiability_sphere(long seed) {
    assertThat(end("identifiability", "sphere", seed, R2)).isGreaterThanOrEqualTo(0.98);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("the latents of a box are found one by one")
  void identifiability_box(long seed) {
    assertThat(end("identifiability", "box", seed, MCC)).isGreaterThanOrEqualTo(0.97);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  @DisplayName("a direction shows the age, and subjects move along it more than without the loss")
  void longitudinal_direction(long seed) {
    try (TrainedRun run = open("lssl", "growth", seed)) {
      double cosine = run.to(1200).closing(SAMPLES, COSINE);
      assertThat(cosine).isGreaterThanOrEqualTo(0.99);
      assertThat(run.closing(SAMPLES, AGE)).isGreaterThanOrEqualTo(0.86);
      assertThat(cosine).isGreaterThan(end("lssl", "growth-plain", seed, COSINE) + 0.02);
    }
  }
}
