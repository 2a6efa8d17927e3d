package dev.sluice.recipe;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.collapse.CollapseLimits;
import dev.sluice.event.KnobValues;
import dev.sluice.train.Trainer;
import java.util.List;

/**
 * Everything a run is made of, put together by a recipe.
 *
 * @param trainer owns the weights and the probes
 * @param pairs makes a pair source for each thread that fills batches
 * @param shape of its batches
 * @param knobs where the knobs stand at the start
 * @param views the augmentation at the start; overlap and keep follow the knobs
 * @param horizon step at which the schedules end
 * @param defaultSteps steps that a run without --steps makes (the horizon but for some fire drills)
 * @param limits of the collapse detectors
 * @param groundTruth whether the dictionary is known
 * @param tileSide side of an image input in pixels, or 0
 * @param loss name of the objective, for run_info
 * @param source name of the data, for run_info
 * @param notices what the user should know about how the settings were met, for example files left
 *     out
 */
public record Experiment(
    Trainer trainer,
    PairSource.Factory pairs,
    BatchShape shape,
    KnobValues knobs,
    Views views,
    long horizon,
    long defaultSteps,
    CollapseLimits limits,
    boolean groundTruth,
    int tileSide,
    String loss,
    String source,
    List<String> notices) {

  public Experiment {
    notices = List.copyOf(notices);
  }
}
