package dev.sluice;

import dev.sluice.config.Defaults;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Recipe;
import java.util.List;
import java.util.Map;

/**
 * What every command works with.
 *
 * @param recipes all there are
 * @param reader of their settings
 * @param variables the environment
 * @param terminal whether standard error is a terminal
 */
record Program(
    List<Recipe<?>> recipes,
    SettingsReader reader,
    Map<String, String> variables,
    boolean terminal) {

  /** Of the program as it is shipped, in this process. */
  static Program shipped(List<Recipe<?>> recipes) {
    return new Program(
        recipes,
        new SettingsReader(recipes, Defaults.text()),
        System.getenv(),
        Boolean.getBoolean("sluice.terminal"));
  }
}
