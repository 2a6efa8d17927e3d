package dev.sluice.config;

import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings in force for a run.
 *
 * @param recipe whose settings they are
 * @param preset they began with
 * @param typed as the recipe wants them
 * @param values every setting by key, as int, long, double, boolean, String or enum constant
 * @param origins where each came from, by key
 * @param <S> the recipe's settings record
 */
public record Settings<S extends Record>(
    Recipe<S> recipe,
    Preset preset,
    S typed,
    Map<String, Object> values,
    Map<String, Origin> origins) {

  public Settings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
  }

  /** Every setting by key, as it would be written. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((key, value) -> texts.put(key, SettingKey.text(value)));
    return texts;
  }
}
