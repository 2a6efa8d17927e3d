package dev.sluice.newcomer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.config.SettingsReader;
import dev.sluice.metrics.Catalogue;
import dev.sluice.newcomer.NewcomerRecipe.NewcomerSettings;
import dev.sluice.recipe.TrainedRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A new recipe, loss and probe need no change outside their own files and the registries: this
 * package has one of each, and everything from settings to detectors takes them as they are.
 */
class NewcomerTest {
  private static final String LOSS = "sluice_loss{part=\"total\"}";

  private final NewcomerRecipe recipe = new NewcomerRecipe();
  private final SettingsReader reader =
      new SettingsReader(List.of(recipe), NewcomerRecipe.DEFAULTS);

  @Test
  void itsSettings_areReadByName() {
    assertThat(settings("noise=0.25", "batch=8").noise()).isEqualTo(0.25);
    assertThat(settings("noise=0.25", "batch=8").run().batch()).isEqualTo(8);
    assertThat(reader.recipe("newcomer")).isSameAs(recipe);
  }

  @Test
  void itsRun_learnsAndIsWatched() {
    try (TrainedRun run = open()) {
      run.to(40);

      assertThat(run.at(39, LOSS)).isLessThan(run.at(0, LOSS));
      String widest = WidestProbe.WIDEST.key();
      assertThat(run.at(0, widest)).isPositive();
      assertThat(run.closing(widest)).isPositive().isLessThan(run.at(0, widest));
      assertThat(run.experiment().trainer().cadences()).containsKey("widest");
      assertThat(run.experiment().trainer().disabledProbes()).isEmpty();
      assertThat(run.at(39, "sluice_collapse_any")).isBetween(0.0, 1.0);
    }
  }

  @Test
  void itsRun_isTakenUpAgainToTheBit() {
    try (TrainedRun run = open();
        TrainedRun restored = open()) {
      run.to(5);
      restored.experiment().trainer().restore(run.experiment().trainer().state());

      run.to(12);
      restored.to(12);

      assertThat(restored.reports()).hasSize(7);
      assertThat(TrainedRun.value(restored.reports().get(6), LOSS)).isEqualTo(run.at(11, LOSS));
    }
  }

  @Test
  void theCatalogue_lacksItsMetricAlone_untilItIsRegistered() {
    try (TrainedRun run = open()) {
      assertThat(Catalogue.complete().missing(run.experiment().trainer().series()))
          .containsExactly(WidestProbe.WIDEST);
    }
  }

  private TrainedRun open() {
    Backend backend = new CpuBackend();
    return new TrainedRun(backend, recipe.open(settings(), backend, () -> 0L));
  }

  private NewcomerSettings settings(String... sets) {
    return reader
        .read(
            recipe,
            SettingsReader.preset(recipe, null),
            reader.layers(recipe, null, Map.of(), List.of(sets)))
        .typed();
  }
}
