package dev.sluice.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The settings that tests and bands are written in are those that a user's preset gives. */
class PresetsTest {

  @Test
  void wenLi_presetsAreItsConstants() {
    WenLi recipe = new WenLi();
    assertThat(Presets.settings(recipe, "lottery-small", List.of())).isEqualTo(WenLi.LOTTERY_SMALL);
    assertThat(Presets.settings(recipe, "lottery-medium", List.of()))
        .isEqualTo(WenLi.LOTTERY_MEDIUM);
  }

  @Test
  void photos_presetsAreItsConstants() {
    Photos recipe = new Photos();
    assertThat(Presets.settings(recipe, "photo-raw-12", List.of())).isEqualTo(Photos.RAW_12);
    assertThat(Presets.settings(recipe, "photo-zca-12", List.of())).isEqualTo(Photos.ZCA_12);
    assertThat(Presets.settings(recipe, "photo-zca-16", List.of())).isEqualTo(Photos.ZCA_16);
  }

  @Test
  void bands_belongToASeedsArmsOfAPreset_andToNothingElse() {
    WenLi recipe = new WenLi();
    List<String> arm = List.of("seed=7", "augment=none", "pace=30");
    assertThat(recipe.bands(Presets.settings(recipe, "lottery-small", arm)))
        .isEqualTo(ReferenceBands.of("lottery-small/none"))
        .isNotEmpty();
    assertThat(recipe.bands(Presets.settings(recipe, "lottery-small", List.of("overlap=0.5"))))
        .isEmpty();
    assertThat(recipe.bands(Presets.settings(recipe, "drill-weight-decay", List.of()))).isEmpty();
  }
}
