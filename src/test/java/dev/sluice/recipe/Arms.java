package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.CpuBackend;
import dev.sluice.event.StepReport;
import dev.sluice.recipe.LearnerSettings.Augment;
import java.util.ArrayList;
import java.util.List;

/** Both arms of a preset over some seeds, and the means of their closing evaluations. */
final class Arms {
  private final List<StepReport> masked = new ArrayList<>();
  private final List<StepReport> unmasked = new ArrayList<>();

  /** Opens a run of an arm with a seed. */
  interface Opening {
    Experiment open(long seed, Augment augment, CpuBackend backend);
  }

  static Arms trained(Opening opening, long steps, long... seeds) {
    Arms arms = new Arms();
    for (long seed : seeds) {
      arms.masked.add(close(opening, steps, seed, Augment.MASK));
      arms.unmasked.add(close(opening, steps, seed, Augment.NONE));
    }
    return arms;
  }

  private static StepReport close(Opening opening, long steps, long seed, Augment augment) {
    CpuBackend backend = new CpuBackend();
    try (TrainedRun run = new TrainedRun(backend, opening.open(seed, augment, backend))) {
      return run.to(steps).closing();
    }
  }

  double masked(String key) {
    return mean(masked, key);
  }

  double unmasked(String key) {
    return mean(unmasked, key);
  }

  void maskedWithin(String key, double expected, double tolerance) {
    assertThat(masked(key)).as("masks: " + key).isCloseTo(expected, within(tolerance));
  }

  void unmaskedWithin(String key, double expected, double tolerance) {
    assertThat(unmasked(key)).as("no masks: " + key).isCloseTo(expected, within(tolerance));
  }

  void maskedAtLeast(String key, double bound) {
    assertThat(masked(key)).as("masks: " + key).isGreaterThanOrEqualTo(bound);
  }

  void maskedAtMost(String key, double bound) {
    assertThat(masked(key)).as("masks: " + key).isLessThanOrEqualTo(bound);
  }

  void unmaskedAtLeast(String key, double bound) {
    assertThat(unmasked(key)).as("no masks: " + key).isGreaterThanOrEqualTo(bound);
  }

  void unmaskedAtMost(String key, double bound) {
    assertThat(unmasked(key)).as("no masks: " + key).isLessThanOrEqualTo(bound);
  }

  void differenceAtLeast(String key, double bound) {
    assertThat(masked(key) - unmasked(key))
        .as("masks less no masks: " + key)
        .isGreaterThanOrEqualTo(bound);
  }

  private static double mean(List<StepReport> reports, String key) {
    return reports.stream()
        .mapToDouble(report -> TrainedRun.value(report, key))
        .average()
        .orElseThrow();
  }
}
