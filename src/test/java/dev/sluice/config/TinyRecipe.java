package dev.sluice.config;

import dev.sluice.compute.Backend;
import dev.sluice.event.ReferenceBand;
import dev.sluice.recipe.Experiment;
import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import dev.sluice.recipe.Setting;
import dev.sluice.train.Ticker;
import java.util.List;
import java.util.Map;

/** A recipe with a setting of every type, which cannot run. */
public final class TinyRecipe implements Recipe<TinyRecipe.TinySettings> {

  /** Two kinds. */
  public enum Negatives {
    BATCH,
    NONE
  }

  /** The nested part. */
  public record Learner(
      @Setting("pairs a step") int batch,
      @Setting(value = "eta", min = 0) double learningRate,
      @Setting(value = "masks in common", min = 0, max = 1) double overlap,
      @Setting("what to tell apart") Negatives negatives,
      @Setting(value = "of every stream", min = 0) long seed,
      @Setting(value = "to make", min = 0) long steps,
      @Setting(value = "steps a second", min = 0) double pace) {}

  /** All settings. */
  public record TinySettings(
      Learner learner,
      @Setting(value = "width", min = 1, max = 4096) int inputs,
      @Setting("a folder") String images,
      @Setting("whether to whiten") boolean whiten) {
    public TinySettings {
      if (learner.batch() > inputs) {
        throw new IllegalArgumentException(
            "batch must be at most inputs, given " + learner.batch() + " and " + inputs);
      }
    }
  }

  public static final String DEFAULTS =
      """
      common:
        batch: 16
        learning_rate: 0.5
        overlap: 0
        negatives: batch
        seed: 0
        steps: 0
        pace: 0
      tiny:
        inputs: 32
        images: shipped
        whiten: false
      """;

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String paper() {
    return "Nobody 2026";
  }

  @Override
  public String claim() {
    return "small is enough";
  }

  @Override
  public Class<TinySettings> settingsType() {
    return TinySettings.class;
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        new Preset("small", "the default", Map.of(), 1, List.of()),
        new Preset(
            "large", "more of it", Map.of("inputs", "64", "batch", "48"), 120, List.of("neuron")));
  }

  @Override
  public Experiment open(TinySettings settings, Backend backend, Ticker ticker) {
    throw new IllegalArgumentException("tiny cannot run");
  }

  @Override
  public List<ReferenceBand> bands(TinySettings settings) {
    return List.of();
  }
}
