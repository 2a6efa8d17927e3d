package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param info what was fixed about it
 * @param state finished or failed
 * @param reason why it failed, else empty
 * @param steps steps made when it ended, those before a resume among them
 * @param last its last report, complete with the detectors' slots; null when it made no step
 * @param closing the closing evaluation, with what only {@code last} knows in the other slots; null
 *     when the run failed or was cut short
 * @param collapses what its detectors said, in order
 * @param stepTimes how long its steps took
 * @param wallSeconds from its start to its end, pauses included
 * @param disabledProbes probes that threw, with what they threw
 */
public record RunOutcome(
    RunInfo info,
    RunState state,
    String reason,
    long steps,
    @Nullable StepReport last,
    @Nullable StepReport closing,
    List<RunEvent.CollapseChanged> collapses,
    StepTimes stepTimes,
    double wallSeconds,
    Map<String, String> disabledProbes) {

  static RunOutcome of(
      RunInfo info,
      int trainerSlots,
      TrainerEnd end,
      RunTail tail,
      double wallSeconds,
      @Nullable Throwable lost) {
    // a run whose steps are not on disk has not done what it was asked for
    if (lost != null && end.event().state() == RunState.FINISHED) {
      return of(info, trainerSlots, end, tail, wallSeconds, RunState.FAILED, Refusal.reason(lost));
    }
    RunState state = end.event().state();
    return of(info, trainerSlots, end, tail, wallSeconds, state, end.event().reason());
  }

  private static RunOutcome of(
      RunInfo info,
      int trainerSlots,
      TrainerEnd end,
      RunTail tail,
      double wallSeconds,
      RunState state,
      String reason) {
    return new RunOutcome(
        info,
        state,
        reason,
        end.event().step(),
        tail.last(),
        completed(end.closing(), tail.last(), trainerSlots),
        tail.collapses(),
        end.stepTimes(),
        wallSeconds,
        Map.copyOf(end.disabledProbes()));
  }

  /**
   * The closing report with what only a step has: the slots of the stream and the detectors. What
   * the closing evaluation itself leaves out is not defined there, and stays out.
   */
  private static @Nullable StepReport completed(
      @Nullable StepReport closing, @Nullable StepReport last, int trainerSlots) {
    if (closing == null || last == null) {
      return closing;
    }
    double[] values = closing.copyOfValues();
    for (int slot = trainerSlots; slot < values.length; slot++) {
      if (StepReport.isAbsent(values[slot])) {
        values[slot] = last.value(slot);
      }
    }
    return new StepReport(
        closing.run(), closing.step(), closing.timestampMillis(), closing.layout(), values);
  }
}
