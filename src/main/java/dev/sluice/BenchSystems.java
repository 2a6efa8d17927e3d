package dev.sluice;

import dev.sluice.bench.Systems;
import dev.sluice.compute.Backend;
import dev.sluice.config.Settings;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Experiment;
import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every preset that is no fire drill of every recipe, by {@code recipe / preset}. */
final class BenchSystems implements Systems {
  private final Map<String, Settings<?>> settings = new LinkedHashMap<>();

  BenchSystems(List<Recipe<?>> recipes, SettingsReader reader) {
    for (Recipe<?> recipe : recipes) {
      for (Preset preset : recipe.presets()) {
        if (preset.expectation().isEmpty()) {
          settings.put(
              recipe.name() + " / " + preset.name(), reader.read(recipe, preset, List.of()));
        }
      }
    }
  }

  @Override
  public List<String> names() {
    return List.copyOf(settings.keySet());
  }

  @Override
  public Experiment open(String name, Backend backend) {
    Settings<?> chosen = settings.get(name);
    if (chosen == null) {
      throw new IllegalArgumentException("there is no system " + name);
    }
    return new RunOrder(chosen, backend.name(), false).openExperiment(backend);
  }
}
