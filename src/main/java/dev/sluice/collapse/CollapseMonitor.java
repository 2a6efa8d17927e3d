package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.Knob;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Watches one run for collapse: a pure function of its step reports and knob changes. One thread at
 * a time.
 *
 * <p>Each kind of {@link CollapseKind} has its own detector with its own rules; all share the
 * warm-up, the running maxima and the hysteresis: an episode begins with the third bad evaluation
 * in a row and ends with the third good one, and between the limit that begins it and the limit
 * that ends it nothing changes. A report whose step does not follow the last one means that the run
 * was rolled back or restarted; everything is then watched anew.
 */
public final class CollapseMonitor {
  private final ReportLayout layout;
  private final CollapseLimits limits;
  private final int anySlot;
  private final int warmUpSlot;
  private final DivergenceDetector divergence;
  private final TreeSet<Long> movedKnobs = new TreeSet<>();

  /** One a kind that is watched, in the order of {@link #detectors}. */
  private final List<Verdict> verdicts;

  private WarmUp warmUp;
  private Peaks peaks;
  private List<Detector> detectors;
  private long lastStep = -1;

  /**
   * @param layout the slots of the run's reports, with {@link CollapseSeries#all()} among them; a
   *     kind whose inputs are missing there is not watched
   */
  public CollapseMonitor(ReportLayout layout, CollapseLimits limits) {
    this.layout = layout;
    this.limits = limits;
    anySlot = layout.slot(CollapseSeries.any());
    warmUpSlot = layout.slot(CollapseSeries.warmUp());
    divergence = new DivergenceDetector(layout, limits);
    warmUp = new WarmUp(layout, limits);
    peaks = new Peaks(layout, limits);
    detectors = detectors(layout, limits, warmUp, peaks, divergence);
    verdicts = detectors.stream().map(detector -> new Verdict(detector.kind(), layout)).toList();
  }

  private static List<Detector> detectors(
      ReportLayout layout,
      CollapseLimits limits,
      WarmUp warmUp,
      Peaks peaks,
      DivergenceDetector divergence) {
    Inputs inputs = new Inputs(layout);
    List<Detector> all =
        List.of(
            new CompleteDetector(inputs, peaks.spread, peaks.norm, warmUp, limits),
            new DimensionalDetector(peaks.rank, limits),
            new NeuronDetector(inputs),
            new DecouplingDetector(inputs, limits),
            new NoLearningDetector(inputs, peaks.weightNorm, limits),
            divergence);
    return all.stream().filter(Detector::watches).toList();
  }

  /** The kinds this run is watched for: those whose inputs its layout has. */
  public Set<CollapseKind> kinds() {
    EnumSet<CollapseKind> kinds = EnumSet.noneOf(CollapseKind.class);
    verdicts.forEach(verdict -> kinds.add(verdict.kind()));
    return kinds;
  }

  /** Whether a move of this knob changes what is learned, and so what the maxima stand for. */
  public static boolean restartsPeaks(Knob knob) {
    return knob != Knob.PACE && knob != Knob.PROBE_BUDGET;
  }

  /**
   * A knob that {@link #restartsPeaks} takes effect from this step on. With the first report of
   * that step or a later one the running maxima restart, and {@link CollapseLimits#warmUpSteps}
   * steps pass until rules that refer to them speak again; the others go on.
   */
  public void knobMoved(long step) {
    movedKnobs.add(step);
  }

  /**
   * Looks at the run's next report.
   *
   * @param measured the report as the trainer wrote it
   * @param events what happened is added here
   * @return the same report with the slots of {@link CollapseSeries} filled
   */
  public StepReport accept(StepReport measured, List<RunEvent> events) {
    if (measured.layout() != layout) {
      throw new IllegalArgumentException(
          "report of run " + measured.run() + " has another layout than its detectors");
    }
    if (measured.step() <= lastStep) {
      startAnew(measured, events);
    }
    lastStep = measured.step();
    restartPeaksIfDue(measured, events);
    Phase phase = warmUp.accept(measured);
    if (warmUp.entersStage()) {
      peaks.restartNorm();
    }
    peaks.accept(measured);
    double[] values = measured.copyOfValues();
    boolean any = false;
    for (int i = 0; i < detectors.size(); i++) {
      Detector detector = detectors.get(i);
      Verdict verdict = verdicts.get(i);
      detector.accept(measured, phase);
      verdict.follow(detector, measured, events);
      verdict.write(detector.score(), values);
      any |= verdict.isCritical();
    }
    set(values, anySlot, any ? 1 : 0);
    set(values, warmUpSlot, phase == Phase.ARMED ? 0 : 1);
    peaks.write(values);
    return new StepReport(
        measured.run(), measured.step(), measured.timestampMillis(), layout, values);
  }

  private void restartPeaksIfDue(StepReport report, List<RunEvent> events) {
    if (movedKnobs.isEmpty() || movedKnobs.first() > report.step()) {
      return;
    }
    movedKnobs.headSet(report.step(), true).clear();
    warmUp.restart();
    peaks.restart();
    detectors.forEach(Detector::restart);
    events.add(new RunEvent.PeaksRestarted(report.run(), report.step(), report.timestampMillis()));
  }

  private void startAnew(StepReport report, List<RunEvent> events) {
    divergence.forgive(report);
    warmUp = new WarmUp(layout, limits);
    peaks = new Peaks(layout, limits);
    detectors = detectors(layout, limits, warmUp, peaks, divergence);
    String reason = "the run went back to step " + report.step();
    verdicts.forEach(verdict -> verdict.clear(reason, report, events));
  }

  static void set(double[] values, int slot, double value) {
    if (slot >= 0) {
      values[slot] = value;
    }
  }
}
