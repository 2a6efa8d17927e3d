package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.CpuBackend;
import dev.sluice.recipe.LearnerSettings.Augment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Acceptance of the recipe photos: where both arms end, as means of three seeds. */
class PhotosBandsTest {
  private static final String LOSS = "sluice_loss{part=\"total\"}";
  private static final String KURTOSIS = "sluice_preactivation_kurtosis{layer=\"encoder\"}";
  private static final String ORIENTATION = "sluice_filter_orientation_selectivity";
  private static final String SPREAD = "sluice_filter_spectral_spread";
  private static final String WINDOW = "sluice_filter_window_energy_ratio";
  private static final String CLUSTERS = "sluice_filter_clusters";
  private static final String ZERO = "sluice_activation_sparsity_ratio{layer=\"encoder\"}";
  private static final String CORRELATION = "sluice_embedding_pair_correlation{layer=\"encoder\"}";
  private static final String NORM = "sluice_weight_norm{layer=\"encoder\"}";

  private static Experiment open(
      PhotosSettings base, long seed, Augment augment, CpuBackend backend) {
    return new Photos().open(base.with(base.learner().with(seed, augment)), backend, () -> 0L);
  }

  @Test
  void raw12_turnsToEdgesWithinTheFirstSteps() {
    Arms early =
        Arms.trained(
            (seed, augment, backend) -> open(Photos.RAW_12, seed, augment, backend), 500, 0);

    early.maskedWithin(KURTOSIS, 2.0, 0.4);
    early.maskedWithin(ORIENTATION, 0.51, 0.06);
    early.unmaskedWithin(KURTOSIS, -0.12, 0.1);
    early.unmaskedWithin(ORIENTATION, 0.17, 0.04);
  }

  @Test
  void raw12_beginsAtChanceWithFiltersOfNoise() {
    CpuBackend backend = new CpuBackend();
    try (TrainedRun run = new TrainedRun(backend, open(Photos.RAW_12, 0, Augment.MASK, backend))) {
      run.to(1);
      assertThat(run.at(0, LOSS)).isCloseTo(5.56, within(0.05));
      assertThat(run.at(0, ORIENTATION)).isCloseTo(0.106, within(0.02));
      assertThat(run.at(0, SPREAD)).isCloseTo(0.511, within(0.02));
    }
  }

  @Test
  @Tag("slow")
  void raw12_endsWhereTheReferenceEnds() {
    Arms arms =
        Arms.trained(
            (seed, augment, backend) -> open(Photos.RAW_12, seed, augment, backend), 2000, 0, 1, 2);

    arms.maskedAtLeast(KURTOSIS, 2.8);
    arms.maskedAtLeast(ORIENTATION, 0.68);
    arms.maskedAtMost(SPREAD, 0.065);
    arms.maskedWithin(LOSS, 3.33, 0.30);
    arms.maskedWithin(NORM, 0.874, 0.020);
    arms.maskedWithin(ZERO, 0.714, 0.015);
    arms.maskedWithin(CORRELATION, 0.59, 0.03);
    arms.maskedWithin(CLUSTERS, 54, 6);

    arms.unmaskedAtMost(KURTOSIS, 0.1);
    arms.unmaskedAtMost(ORIENTATION, 0.22);
    arms.unmaskedWithin(SPREAD, 0.21, 0.025);
    arms.unmaskedWithin(LOSS, 0.72, 0.20);
    arms.unmaskedWithin(NORM, 2.35, 0.04);
    arms.unmaskedWithin(ZERO, 0.636, 0.015);
    arms.unmaskedWithin(CORRELATION, 1, 1e-6);
    arms.unmaskedAtLeast(CLUSTERS, 62);

    arms.differenceAtLeast(KURTOSIS, 2.8);
    arms.differenceAtLeast(ORIENTATION, 0.48);
  }

  @Test
  @Tag("slow")
  void zca16_endsWhereTheReferenceEnds() {
    Arms arms =
        Arms.trained(
            (seed, augment, backend) -> open(Photos.ZCA_16, seed, augment, backend), 2000, 0, 1, 2);

    arms.maskedAtLeast(KURTOSIS, 5.8);
    arms.maskedAtLeast(ORIENTATION, 0.68);
    arms.maskedAtMost(SPREAD, 0.075);
    arms.maskedAtLeast(WINDOW, 0.44);
    arms.maskedWithin(LOSS, 4.38, 0.30);
    arms.maskedWithin(NORM, 1.008, 0.020);
    arms.maskedWithin(ZERO, 0.838, 0.010);

    arms.unmaskedAtMost(KURTOSIS, 0.7);
    arms.unmaskedAtMost(ORIENTATION, 0.27);
    arms.unmaskedWithin(SPREAD, 0.155, 0.02);
    arms.unmaskedWithin(WINDOW, 0.337, 0.02);
    arms.unmaskedWithin(LOSS, 0.77, 0.15);
    arms.unmaskedWithin(NORM, 2.58, 0.04);
    arms.unmaskedWithin(ZERO, 0.771, 0.010);

    arms.differenceAtLeast(KURTOSIS, 5);
    arms.differenceAtLeast(ORIENTATION, 0.45);
  }

  @Test
  @Tag("slow")
  void zca12_endsWhereTheReferenceEnds() {
    Arms arms =
        Arms.trained(
            (seed, augment, backend) -> open(Photos.ZCA_12, seed, augment, backend), 2000, 0, 1, 2);

    arms.maskedAtLeast(KURTOSIS, 5.5);
    arms.maskedAtLeast(ORIENTATION, 0.73);
    arms.maskedWithin(LOSS, 4.63, 0.30);
    arms.maskedWithin(NORM, 1.028, 0.025);

    arms.unmaskedAtMost(KURTOSIS, 0.5);
    arms.unmaskedAtMost(ORIENTATION, 0.30);
    arms.unmaskedWithin(LOSS, 0.78, 0.20);
    arms.unmaskedWithin(NORM, 3.55, 0.08);
  }
}
