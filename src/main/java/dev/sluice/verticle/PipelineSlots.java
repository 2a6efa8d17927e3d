package dev.sluice.verticle;

import dev.sluice.event.ReportLayout;

/**
 * Where a run's reports hold what the stream says about itself; -1 for a series that the run does
 * not have. Times are in seconds, counters running totals.
 */
record PipelineSlots(
    int step,
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
    int paced,
    int stage) {

  static PipelineSlots of(ReportLayout layout) {
    return new PipelineSlots(
        layout.slot("sluice_step"),
        layout.slot("sluice_steps_total"),
        layout.slot("sluice_pairs_total"),
        layout.slot("sluice_step_seconds"),
        layout.slot("sluice_phase_seconds_total{phase=\"augment\"}"),
        layout.slot("sluice_phase_seconds_total{phase=\"transfer\"}"),
        layout.slot("sluice_phase_seconds_total{phase=\"publish\"}"),
        layout.slot("sluice_wait_seconds_total{stage=\"trainer\"}"),
        layout.slot("sluice_wait_seconds_total{stage=\"producer\"}"),
        layout.slot("sluice_wait_seconds_total{stage=\"history\"}"),
        layout.slot("sluice_queue_size{queue=\"pairs\"}"),
        layout.slot("sluice_paced"),
        layout.slot("sluice_schedule_stage"));
  }

  static void put(double[] values, int slot, double value) {
    if (slot >= 0) {
      values[slot] = value;
    }
  }
}
