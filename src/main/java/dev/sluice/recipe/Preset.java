package dev.sluice.recipe;

import java.util.List;
import java.util.Map;

/**
 * A named choice of settings of a recipe.
 *
 * @param name as given to {@code --preset}
 * @param description one sentence
 * @param overrides settings that differ from the recipe's defaults, by key, as text
 * @param expectedSeconds how long a run to its end takes on one core, unpaced, roughly
 * @param expectation what its detectors report: nothing for a healthy preset, else for example
 *     "complete, neuron"
 */
public record Preset(
    String name,
    String description,
    Map<String, String> overrides,
    double expectedSeconds,
    List<String> expectation) {}
