package dev.sluice.verticle;

import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.util.List;

/** A run's collapse detectors as the stream sees them. One thread at a time. */
public interface ReportFilter {

  /** Lets every report pass as it is. */
  ReportFilter NONE =
      new ReportFilter() {
        @Override
        public StepReport accept(StepReport measured, List<RunEvent> events) {
          return measured;
        }

        @Override
        public void knobMoved(long step) {}
      };

  /**
   * Takes the run's reports in the order of their steps.
   *
   * @param events receives what the detectors found in this report
   * @return the report with the detectors' slots filled
   */
  StepReport accept(StepReport measured, List<RunEvent> events);

  /**
   * A knob of what is learned holds from {@code step} on; called before that step's report comes.
   */
  void knobMoved(long step);
}
