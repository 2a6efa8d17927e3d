package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.State;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.model.SoftThresholdEncoder;

/** Moves an encoder's thresholds along their schedule after every update of its weights. */
public final class Thresholds implements Hook {
  private final Backend backend;
  private final SoftThresholdEncoder encoder;
  private final ThresholdSchedule schedule;
  private final Optimiser optimiser;

  /**
   * @param optimiser of the encoder's weights alone, for their norms
   */
  public Thresholds(
      Backend backend,
      SoftThresholdEncoder encoder,
      ThresholdSchedule schedule,
      Optimiser optimiser) {
    this.backend = backend;
    this.encoder = encoder;
    this.schedule = schedule;
    this.optimiser = optimiser;
  }

  @Override
  public void afterUpdate(KnobValues knobs) {
    advance(knobs.get(Knob.THRESHOLD_CAP));
  }

  /**
   * @param cap largest threshold over norm
   */
  public void advance(double cap) {
    schedule.advance(optimiser.rowNorms(), cap);
    backend.upload(schedule.thresholds(), encoder.thresholds());
  }

  /** Stage of the schedule, 1 or 2; 0 where there is none. */
  public int stage() {
    return schedule.stage();
  }

  /** b, length m; the schedule's own array. */
  public double[] values() {
    return schedule.thresholds();
  }

  @Override
  public void save(String path, State state) {
    schedule.save(path, state);
  }

  @Override
  public void load(String path, State state) {
    schedule.load(path, state);
    backend.upload(schedule.thresholds(), encoder.thresholds());
  }
}
