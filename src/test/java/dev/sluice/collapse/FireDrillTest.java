package dev.sluice.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.CollapseKind;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunEvent.CollapseChanged;
import dev.sluice.event.RunEvent.CollapseChanged.Severity;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of fire drills and its judge. */
final class FireDrillTest {

  static List<FireDrill> drills() {
    return FireDrill.ALL;
  }

  @ParameterizedTest
  @MethodSource("drills")
  @DisplayName("a drill runs long enough for its alarms to be due, and expects none of them twice")
  void drillIsConsistent(FireDrill drill) {
    assertThat(drill.must()).allMatch(alarm -> alarm.by() - FireDrill.PATIENCE < drill.steps());
    assertThat(drill.must()).doesNotHaveDuplicates();
    assertThat(drill.must()).noneMatch(alarm -> drill.may().contains(alarm.kind()));
  }

  @Test
  @DisplayName("every kind has a drill, and there are controls")
  void drillsCoverEveryKind() {
    assertThat(drills().stream().flatMap(drill -> drill.must().stream().map(FireDrill.Alarm::kind)))
        .contains(CollapseKind.values());
    assertThat(drills().stream().filter(FireDrill::isControl)).hasSize(6);
  }

  @Test
  @DisplayName("the judge wants what must come, in time, and nothing that may not")
  void judge() {
    FireDrill drill = byPreset("drill-over-threshold");
    RunEvent complete = change(CollapseKind.COMPLETE, 800);
    RunEvent neuron = change(CollapseKind.NEURON, 900);
    assertThat(drill.faults(List.of(complete, neuron))).isEmpty();
    assertThat(drill.faults(List.of(complete))).singleElement().asString().contains("NEURON");
    assertThat(drill.faults(List.of(change(CollapseKind.COMPLETE, 801), neuron)))
        .singleElement()
        .asString()
        .startsWith("missing");
    assertThat(drill.faults(List.of(complete, neuron, change(CollapseKind.NO_LEARNING, 500))))
        .isEmpty();
    assertThat(drill.faults(List.of(complete, neuron, change(CollapseKind.DIVERGENCE, 500))))
        .singleElement()
        .asString()
        .startsWith("unexpected at step 500");
  }

  @Test
  @DisplayName("a control allows not even a warning")
  void controlIsSilent() {
    FireDrill control = byPreset("lottery-small");
    assertThat(control.faults(List.of())).isEmpty();
    RunEvent warning =
        new CollapseChanged("run", 9, 0, CollapseKind.DECOUPLING, Severity.WARNING, "leak");
    assertThat(control.faults(List.of(warning))).hasSize(1);
    RunEvent clear = new CollapseChanged("run", 9, 0, CollapseKind.DECOUPLING, Severity.CLEAR, "");
    assertThat(control.faults(List.of(clear))).isEmpty();
  }

  private static FireDrill byPreset(String preset) {
    return drills().stream().filter(drill -> drill.preset().equals(preset)).findAny().orElseThrow();
  }

  private static RunEvent change(CollapseKind kind, long step) {
    return new CollapseChanged("run", step, 0, kind, Severity.CRITICAL, "made up");
  }
}
