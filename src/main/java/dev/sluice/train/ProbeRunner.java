package dev.sluice.train;

import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;
import dev.sluice.event.Series;
import dev.sluice.probe.Evaluation;
import dev.sluice.probe.EvaluationProbe;
import dev.sluice.probe.Probe;
import dev.sluice.probe.ProbeSchedule;
import dev.sluice.probe.ProbeShape;
import dev.sluice.probe.Readings;
import dev.sluice.probe.StepObservation;
import dev.sluice.probe.StepProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Runs the probes of a run when they are due. One that throws is left out from then on, and named.
 */
final class ProbeRunner implements Stateful, AutoCloseable {
  private final ProbeShape shape;
  private final List<StepProbe> stepProbes = new ArrayList<>();
  private final List<EvaluationProbe<?>> evaluationProbes = new ArrayList<>();
  private final Map<Probe, int[]> slots = new LinkedHashMap<>();
  private final List<Series> series = new ArrayList<>();
  private final Map<String, String> disabled = new LinkedHashMap<>();
  private ProbeSchedule schedule;
  private double budget;

  ProbeRunner(List<Probe> probes, ProbeShape shape, double budget) {
    this.shape = shape;
    this.budget = budget;
    for (Probe probe : probes) {
      slots.put(probe, slotsOf(probe));
      if (probe instanceof StepProbe stepProbe) {
        stepProbes.add(stepProbe);
      } else if (probe instanceof EvaluationProbe<?> evaluationProbe) {
        evaluationProbes.add(evaluationProbe);
      } else {
        throw new IllegalArgumentException(
            "neither of a step nor of an evaluation: " + probe.name());
      }
    }
    schedule = ProbeSchedule.plan(probes, shape, budget);
  }

  private int[] slotsOf(Probe probe) {
    int[] own = new int[probe.series().size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = series.size();
      series.add(probe.series().get(i));
    }
    return own;
  }

  List<Series> series() {
    return series;
  }

  Map<String, Integer> cadences() {
    return schedule.cadences();
  }

  Map<String, String> disabled() {
    return Map.copyOf(disabled);
  }

  /** Plans the cadences anew when the budget has moved. */
  void plan(double newBudget) {
    if (newBudget != budget) {
      budget = newBudget;
      schedule = ProbeSchedule.plan(List.copyOf(slots.keySet()), shape, budget);
    }
  }

  boolean anyEvaluationDue(long step) {
    for (EvaluationProbe<?> probe : evaluationProbes) {
      if (schedule.due(probe, step)) {
        return true;
      }
    }
    return false;
  }

  void evaluate(long step, Evaluation evaluation, double[] values) {
    for (EvaluationProbe<?> probe : evaluationProbes) {
      if (schedule.due(probe, step)) {
        evaluate(probe, evaluation, values);
      }
    }
  }

  void evaluateAll(Evaluation evaluation, double[] values) {
    for (EvaluationProbe<?> probe : evaluationProbes) {
      evaluate(probe, evaluation, values);
    }
  }

  /**
   * Of weights that are not finite nothing is measured: a comparison with NaN would read as an
   * honest 0.
   */
  private <E extends Evaluation> void evaluate(
      EvaluationProbe<E> probe, Evaluation evaluation, double[] values) {
    if (evaluation.isFinite()) {
      E seen = probe.sees().cast(evaluation);
      guarded(probe, values, readings -> probe.measure(seen, readings));
      return;
    }
    for (int slot : Objects.requireNonNull(slots.get(probe))) {
      values[slot] = Double.NaN;
    }
  }

  void observe(StepObservation observation, double[] values) {
    for (StepProbe probe : stepProbes) {
      guarded(probe, values, readings -> probe.measure(observation, readings));
    }
  }

  /** A probe only watches: whatever it throws must not end the run. */
  private void guarded(Probe probe, double[] values, Consumer<Readings> measure) {
    if (isDisabled(probe)) {
      return;
    }
    try {
      measure.accept(new Readings(values, Objects.requireNonNull(slots.get(probe))));
    } catch (RuntimeException e) {
      disabled.put(probe.name(), String.valueOf(e));
    }
  }

  @Override
  public void close() {
    slots.keySet().forEach(Probe::close);
  }

  @Override
  public void save(String path, State state) {
    for (Probe probe : slots.keySet()) {
      probe.save(path + "." + probe.name(), state);
      state.put(path + "." + probe.name() + ".disabled", isDisabled(probe) ? 1 : 0);
    }
  }

  @Override
  public void load(String path, State state) {
    disabled.clear();
    for (Probe probe : slots.keySet()) {
      probe.load(path + "." + probe.name(), state);
      if (state.get(path + "." + probe.name() + ".disabled") != 0) {
        disabled.put(probe.name(), "disabled before the run was taken up again");
      }
    }
  }

  private boolean isDisabled(Probe probe) {
    return disabled.containsKey(probe.name());
  }
}
