package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a trainer ended, said when it has got all its buffers back.
 *
 * @param event the event that ended the run
 * @param closing the closing evaluation, in the slots of the trainer; null when there was none
 * @param stepTimes how long its steps took
 * @param disabledProbes probes that threw, with what they threw
 */
record TrainerEnd(
    RunEvent.StateChanged event,
    @Nullable StepReport closing,
    StepTimes stepTimes,
    Map<String, String> disabledProbes) {}
