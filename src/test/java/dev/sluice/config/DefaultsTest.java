package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import dev.sluice.recipe.Recipes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds reference.yaml against the settings of the recipes. */
class DefaultsTest {
  private final SettingsFile defaults = SettingsFile.parse(Defaults.RESOURCE, Defaults.text());

  static List<Recipe<?>> recipes() {
    return Recipes.all();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void everySettingOfARecipe_hasADefault(Recipe<?> recipe) {
    Set<String> given = new TreeSet<>(section(SettingsFile.COMMON));
    given.retainAll(names(recipe));
    given.addAll(section(recipe.name()));
    assertThat(given).containsExactlyInAnyOrderElementsOf(names(recipe));
  }

  @Test
  void everyLine_isASettingOfARecipe() {
    Set<String> sections = new LinkedHashSet<>(defaults.sections().keySet());
    assertThat(defaults.top()).isEmpty();
    assertThat(sections.remove(SettingsFile.COMMON)).isTrue();
    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(recipes().stream().map(Recipe::name).toList());
    Set<String> shared = new TreeSet<>();
    recipes().forEach(recipe -> shared.addAll(names(recipe)));
    assertThat(shared).containsAll(section(SettingsFile.COMMON));
  }

  @Test
  void everyLine_hasAComment() {
    assertThat(Defaults.text().lines().filter(line -> line.matches(" {2}[a-z].*")))
        .isNotEmpty()
        .allMatch(line -> line.matches(" {2}[a-z_]+: \\S+ +# \\S.*"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void everyPreset_isAllowed(Recipe<?> recipe) {
    SettingsReader reader = new SettingsReader(Recipes.all(), Defaults.text());
    for (Preset preset : recipe.presets()) {
      Settings<?> settings = reader.read(recipe, preset, List.of());
      assertThat(settings.texts()).as(preset.name()).containsAllEntriesOf(preset.overrides());
    }
  }

  private Set<String> section(String name) {
    return defaults.sections().get(name).keySet();
  }

  private static Set<String> names(Recipe<?> recipe) {
    return new SettingsSchema<>(recipe.settingsType())
        .keys().stream().map(SettingKey::name).collect(Collectors.toSet());
  }
}
