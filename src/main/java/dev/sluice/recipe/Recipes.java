package dev.sluice.recipe;

import java.util.List;

/** Every recipe there is: what can it run? */
public final class Recipes {
  private static final List<Recipe<?>> ALL =
      List.of(
          new WenLi(),
          new Photos(),
          new LatentTrees(),
          new NonContrastive(),
          new InductiveBias(),
          new SupervisedContrast(),
          new Identifiability(),
          new Longitudinal());

  private Recipes() {}

  public static List<Recipe<?>> all() {
    return ALL;
  }
}
