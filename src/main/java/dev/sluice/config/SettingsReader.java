package dev.sluice.config;

import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts a run's settings together: defaults, under the preset, under the file, under the
 * environment, under {@code --set}, under flags. Every value of every layer is checked, also one
 * that a stronger layer hides.
 */
public final class SettingsReader {

  private final Map<String, Recipe<?>> recipes = new LinkedHashMap<>();
  private final Map<String, SettingsSchema<?>> schemas = new LinkedHashMap<>();
  private final SettingsFile defaults;

  /**
   * @param recipes all there are; a file and the environment may hold settings of any of them
   * @param defaults text of {@code reference.yaml}
   */
  public SettingsReader(List<Recipe<?>> recipes, String defaults) {
    for (Recipe<?> recipe : recipes) {
      this.recipes.put(recipe.name(), recipe);
      schemas.put(recipe.name(), new SettingsSchema<>(recipe.settingsType()));
    }
    this.defaults = SettingsFile.parse(Defaults.RESOURCE, defaults);
  }

  /** The recipe of this name. */
  public Recipe<?> recipe(String name) {
    Recipe<?> recipe = recipes.get(name);
    if (recipe == null) {
      throw unknown("there is no recipe ", name, List.copyOf(recipes.keySet()), "Recipes: ");
    }
    return recipe;
  }

  /** The recipe's preset of this name; its first where {@code name} is null. */
  public static Preset preset(Recipe<?> recipe, @Nullable String name) {
    if (name == null) {
      return recipe.presets().get(0);
    }
    for (Preset preset : recipe.presets()) {
      if (preset.name().equals(name)) {
        return preset;
      }
    }
    List<String> names = recipe.presets().stream().map(Preset::name).toList();
    throw unknown(recipe.name() + " has no preset ", name, names, "Presets: ");
  }

  /** The layers of {@code --config}, {@code --set} and {@code SLUICE_} variables. */
  public List<Layer> layers(
      Recipe<?> recipe, @Nullable Path file, Map<String, String> variables, List<String> sets) {
    List<Layer> layers = new ArrayList<>();
    if (file != null) {
      layers.addAll(layers(recipe, SettingsFile.read(file), Origin.FILE));
    }
    layers.add(environment(recipe, variables));
    layers.add(sets(sets));
    return layers;
  }

  /**
   * The settings in force.
   *
   * @param layers over the preset, weakest first
   * @throws BadInputException when one of them is not allowed
   */
  public <S extends Record> Settings<S> read(Recipe<S> recipe, Preset preset, List<Layer> layers) {
    SettingsSchema<S> schema = new SettingsSchema<>(recipe.settingsType());
    List<Layer> all = new ArrayList<>(layers(recipe, defaults, Origin.DEFAULT));
    all.add(new Layer(Origin.PRESET, preset.name(), preset.overrides()));
    all.addAll(layers);
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Origin> origins = new LinkedHashMap<>();
    for (SettingKey key : schema.keys()) {
      values.put(key.name(), "");
    }
    for (Layer layer : all) {
      for (String name : layer.values().keySet()) {
        values.put(name, value(recipe.name(), schema, layer, name));
        origins.put(name, layer.origin());
      }
    }
    for (SettingKey key : schema.keys()) {
      if (!origins.containsKey(key.name())) {
        throw new IllegalStateException(
            Defaults.RESOURCE + " lacks a default of " + recipe.name() + " for " + key.name());
      }
    }
    return new Settings<>(recipe, preset, schema.create(values), values, origins);
  }

  private static Object value(String recipe, SettingsSchema<?> schema, Layer layer, String name) {
    SettingKey key = schema.byName().get(name);
    if (key == null) {
      throw unknown(
          layer.given(name) + ": " + recipe + " has no setting ",
          name,
          List.copyOf(new TreeSet<>(schema.byName().keySet())),
          "Settings: ");
    }
    Object value = key.parse(layer.values().getOrDefault(name, ""));
    if (value == null) {
      throw new BadInputException(layer.given(name) + ": " + name + " must be " + key.allowed());
    }
    return value;
  }

  /** What a file holds for a recipe: the shared section, its own section, lines at the top. */
  private List<Layer> layers(Recipe<?> recipe, SettingsFile file, Origin origin) {
    List<Layer> layers = new ArrayList<>();
    Layer common =
        new Layer(
            origin, file.place(), file.sections().getOrDefault(SettingsFile.COMMON, Map.of()));
    layers.add(ownOf(recipe, common));
    file.sections()
        .forEach(
            (name, values) -> {
              if (name.equals(SettingsFile.COMMON)) {
                return;
              }
              Layer layer = new Layer(origin, file.place(), values);
              if (name.equals(recipe.name())) {
                layers.add(layer);
              } else {
                checkOther(name, layer);
              }
            });
    layers.add(new Layer(origin, file.place(), file.top()));
    return layers;
  }

  private void checkOther(String name, Layer layer) {
    SettingsSchema<?> schema = schemas.get(name);
    if (schema == null) {
      List<String> sections = new ArrayList<>(List.of(SettingsFile.COMMON));
      sections.addAll(recipes.keySet());
      throw unknown(layer.place() + ": there is no section ", name, sections, "Sections: ");
    }
    layer.values().keySet().forEach(key -> value(name, schema, layer, key));
  }

  private Layer environment(Recipe<?> recipe, Map<String, String> variables) {
    return ownOf(recipe, new Layer(Origin.ENVIRONMENT, "", Environment.settings(variables)));
  }

  /** Without the settings that only other recipes have. */
  private Layer ownOf(Recipe<?> recipe, Layer layer) {
    Map<String, String> own = new LinkedHashMap<>();
    layer
        .values()
        .forEach(
            (name, value) -> {
              boolean known = schemas.values().stream().anyMatch(s -> s.byName().containsKey(name));
              SettingsSchema<?> schema = schemas.get(recipe.name());
              if (!known || (schema != null && schema.byName().containsKey(name))) {
                own.put(name, value);
              }
            });
    return new Layer(layer.origin(), layer.place(), own);
  }

  private static Layer sets(List<String> sets) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        throw new BadInputException(
            "--set " + BadInputException.echo(set) + ": must have the form key=value");
      }
      values.put(set.substring(0, equals).strip(), set.substring(equals + 1).strip());
    }
    return new Layer(Origin.SET, "", values);
  }

  private static BadInputException unknown(
      String what, String name, List<String> names, String introduction) {
    return new BadInputException(
        what
            + BadInputException.echo(name)
            + NearestName.hint(name, names)
            + introduction
            + String.join(", ", names));
  }
}
