package dev.sluice;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.config.BadInputException;
import dev.sluice.config.Settings;
import dev.sluice.event.ReferenceBand;
import dev.sluice.recipe.Experiment;
import java.util.List;

/**
 * A run that somebody asked for.
 *
 * @param settings in force
 * @param backend name of the compute backend
 * @param endless whether it goes on until stopped
 */
record RunOrder(Settings<?> settings, String backend, boolean endless) {

  static final List<String> BACKENDS = List.of("cpu", "reference");

  /** A compute backend of the run's own. */
  Backend openBackend() {
    return backend.equals("reference") ? new ReferenceBackend() : new CpuBackend();
  }

  /**
   * Puts the experiment together.
   *
   * @throws BadInputException when its settings do not fit each other
   */
  Experiment openExperiment(Backend kernels) {
    return open(settings, kernels);
  }

  private static <S extends Record> Experiment open(Settings<S> settings, Backend kernels) {
    try {
      return settings.recipe().open(settings.typed(), kernels, System::nanoTime);
    } catch (IllegalArgumentException refused) {
      throw new BadInputException(
          settings.recipe().name() + " / " + settings.preset().name() + ": " + refused.getMessage(),
          refused);
    }
  }

  /** The reference bands to draw behind its curves. */
  List<ReferenceBand> bands() {
    return bands(settings);
  }

  private static <S extends Record> List<ReferenceBand> bands(Settings<S> settings) {
    return settings.recipe().bands(settings.typed());
  }
}
