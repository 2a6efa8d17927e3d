package dev.sluice.verticle;

import dev.sluice.event.ReportLayout;
import dev.sluice.metrics.PipelineSeries;
import dev.sluice.metrics.RunSeries;

/**
 * Where a run's reports hold what the stream says about itself; -1 for a series that the run does
 * not have. Times are in seconds, counters running totals.
 */
record PipelineSlots(
    int steps,
    int pairs,
    int stepSeconds,
    int augment,
    int transfer,
    int publish,
    int waitTrainer,
    int waitProducer,
    int waitHistory,
    int queuedPairs,
    int paced) {

  static PipelineSlots of(ReportLayout layout) {
    return new PipelineSlots(
        layout.slot(PipelineSeries.STEPS.with()),
        layout.slot(PipelineSeries.PAIRS.with()),
        layout.slot(PipelineSeries.STEP_SECONDS.with()),
        layout.slot(PipelineSeries.PHASE_SECONDS.with("augment")),
        layout.slot(PipelineSeries.PHASE_SECONDS.with("transfer")),
        layout.slot(PipelineSeries.PHASE_SECONDS.with("publish")),
        layout.slot(PipelineSeries.WAIT_SECONDS.with("trainer")),
        layout.slot(PipelineSeries.WAIT_SECONDS.with("producer")),
        layout.slot(PipelineSeries.WAIT_SECONDS.with("history")),
        layout.slot(RunSeries.QUEUE_SIZE.with("pairs")),
        layout.slot(PipelineSeries.PACED.with()));
  }

  static void put(double[] values, int slot, double value) {
    if (slot >= 0) {
      values[slot] = value;
    }
  }
}
