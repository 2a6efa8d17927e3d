package dev.sluice.recipe;

import dev.sluice.compute.CpuBackend;
import dev.sluice.config.Defaults;
import dev.sluice.config.SettingsReader;
import java.util.List;
import java.util.Map;

/** Runs of presets by name, with settings as a user gives them. */
public final class Presets {
  private static final SettingsReader READER = new SettingsReader(Recipes.all(), Defaults.text());

  private Presets() {}

  public static TrainedRun open(String recipe, String preset, String... sets) {
    return open(READER.recipe(recipe), preset, List.of(sets));
  }

  private static <S extends Record> TrainedRun open(
      Recipe<S> recipe, String preset, List<String> sets) {
    CpuBackend backend = new CpuBackend();
    return new TrainedRun(backend, recipe.open(settings(recipe, preset, sets), backend, () -> 0L));
  }

  static <S extends Record> S settings(Recipe<S> recipe, String preset, List<String> sets) {
    return READER
        .read(
            recipe,
            SettingsReader.preset(recipe, preset),
            READER.layers(recipe, null, Map.of(), sets))
        .typed();
  }
}
