package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.config.Defaults;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Experiment;
import dev.sluice.recipe.Recipes;
import dev.sluice.recipe.SupervisedContrast;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedProductsTest {

  /**
   * Two layers, two views: four products forward, four for the weights, two back to the hidden
   * layer; the similarity of all embeddings, and its gradient from both sides.
   */
  @Test
  void products_areThoseOfOneStep() {
    try (Backend backend = new CpuBackend();
        RecordedProducts products = new RecordedProducts(backend, RecordedProductsTest::supcon)) {
      assertThat(products.count()).isEqualTo(13);
      products.step();
      assertThat(products.count()).as("repeating them notes nothing").isEqualTo(13);
    }
  }

  private static SystemStep supcon(Backend backend) {
    SupervisedContrast recipe = new SupervisedContrast();
    SettingsReader reader = new SettingsReader(Recipes.all(), Defaults.text());
    Experiment experiment =
        recipe.open(
            reader.read(recipe, recipe.presets().get(0), List.of()).typed(), backend, () -> 0L);
    return new SystemStep(experiment, backend);
  }
}
