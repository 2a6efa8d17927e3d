package dev.sluice.event;

import java.util.List;
import java.util.Map;

/**
 * What is fixed about a run from its start.
 *
 * @param run the run's id, also the value of the label {@code run}
 * @param recipe name in the registry of recipes
 * @param preset name within the recipe
 * @param seed seed of every random stream
 * @param horizon steps at which the schedules end; the run may go on
 * @param lastStep steps after which the run ends, or -1 when it goes on until stopped
 * @param groundTruth whether the source knows its dictionary
 * @param backend compute backend
 * @param settings every setting by key, as text
 * @param cadences every probe by name, with the number of steps between two of its measurements
 * @param layout the slots of its step reports
 * @param knobs where the knobs stood at the start
 * @param tileSide side of a filter tile in pixels, or 0 when the inputs are no images
 * @param bands reference bands to draw behind its curves
 * @param loss name of the objective
 * @param source name of the data
 * @param startMillis milliseconds since the epoch
 */
public record RunInfo(
    String run,
    String recipe,
    String preset,
    long seed,
    long horizon,
    long lastStep,
    boolean groundTruth,
    String backend,
    Map<String, String> settings,
    Map<String, Integer> cadences,
    ReportLayout layout,
    KnobValues knobs,
    int tileSide,
    List<ReferenceBand> bands,
    String loss,
    String source,
    long startMillis) {

  public RunInfo {
    bands = List.copyOf(bands);
    settings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(settings));
    cadences = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(cadences));
  }
}
