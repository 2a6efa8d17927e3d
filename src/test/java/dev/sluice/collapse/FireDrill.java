package dev.sluice.collapse;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunEvent.CollapseChanged;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the detectors have to say about a run of a preset.
 *
 * @param recipe of the run
 * @param preset of the run
 * @param steps the run has to make for its alarms to be due
 * @param must alarms that have to come, each by its step
 * @param may kinds that may be reported besides
 */
record FireDrill(
    String recipe, String preset, long steps, List<Alarm> must, Set<CollapseKind> may) {

  /** Steps that an alarm may come after the step at which the reference raised it. */
  static final long PATIENCE = 150;

  /** An alarm that is due at a step at the latest. */
  record Alarm(CollapseKind kind, Severity severity, long by) {}

  /**
   * Every drill, and the controls that must stay silent. Wen and Li's learner but for the photos.
   */
  static final List<FireDrill> ALL =
      List.of(
          drill("drill-over-threshold", 1000)
              .must(CollapseKind.COMPLETE, 650)
              .must(CollapseKind.NEURON, 750)
              .may(CollapseKind.DIMENSIONAL, CollapseKind.NO_LEARNING),
          drill("drill-threshold-runaway", 700)
              .must(CollapseKind.COMPLETE, 450)
              .must(CollapseKind.NEURON, 450)
              .may(CollapseKind.DIMENSIONAL, CollapseKind.NO_LEARNING),
          drill("drill-learning-rate", 100)
              .must(CollapseKind.DIVERGENCE, 20)
              .may(CollapseKind.COMPLETE, CollapseKind.DIMENSIONAL),
          drill("drill-weight-decay", 700)
              .must(CollapseKind.NO_LEARNING, 350)
              .may(CollapseKind.COMPLETE),
          // the critical alarm is due by half the horizon of 2,000 steps
          drill("drill-no-augmentation", 1000 + PATIENCE + 1)
              .warn(CollapseKind.DECOUPLING, 350)
              .must(CollapseKind.DECOUPLING, 1000),
          drill("drill-no-negatives", 600).must(CollapseKind.DIVERGENCE, 350),
          drill("drill-no-negatives-unequal", 600)
              .must(CollapseKind.DIMENSIONAL, 150)
              .may(CollapseKind.COMPLETE),
          drill("control-negatives-unequal", 600),
          drill("lottery-small", 2000),
          drill("lottery-medium", 3500),
          photos("photo-raw-12"),
          photos("photo-zca-16"),
          photos("photo-zca-12"));

  private static FireDrill drill(String preset, long steps) {
    return new FireDrill("wen-li", preset, steps, List.of(), Set.of());
  }

  private static FireDrill photos(String preset) {
    return new FireDrill("photos", preset, 2000, List.of(), Set.of());
  }

  private FireDrill must(CollapseKind kind, long referenceStep) {
    return with(new Alarm(kind, Severity.CRITICAL, referenceStep + PATIENCE));
  }

  private FireDrill warn(CollapseKind kind, long referenceStep) {
    return with(new Alarm(kind, Severity.WARNING, referenceStep + PATIENCE));
  }

  private FireDrill with(Alarm alarm) {
    List<Alarm> more = new ArrayList<>(must);
    more.add(alarm);
    return new FireDrill(recipe, preset, steps, List.copyOf(more), may);
  }

  private FireDrill may(CollapseKind... kinds) {
    return new FireDrill(recipe, preset, steps, must, Set.of(kinds));
  }

  /** Whether the run must stay silent. */
  boolean isControl() {
    return must.isEmpty();
  }

  /**
   * What is wrong with the alarms of a run of this preset; empty when they are as they should be.
   */
  List<String> faults(List<RunEvent> events) {
    List<CollapseChanged> raised =
        events.stream()
            .filter(CollapseChanged.class::isInstance)
            .map(CollapseChanged.class::cast)
            .filter(change -> change.severity() != Severity.CLEAR)
            .toList();
    List<String> faults = new ArrayList<>();
    for (Alarm alarm : must) {
      if (raised.stream().noneMatch(answers(alarm))) {
        faults.add("missing: " + alarm);
      }
    }
    Set<CollapseKind> expected =
        must.stream()
            .map(Alarm::kind)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(CollapseKind.class)));
    expected.addAll(may);
    for (CollapseChanged change : raised) {
      if (!expected.contains(change.kind())) {
        faults.add("unexpected at step " + change.step() + ": " + change.text());
      }
    }
    return faults;
  }

  private static Predicate<CollapseChanged> answers(Alarm alarm) {
    return change ->
        change.kind() == alarm.kind()
            && change.severity() == alarm.severity()
            && change.step() <= alarm.by();
  }

  @Override
  public String toString() {
    return recipe + " / " + preset;
  }
}
