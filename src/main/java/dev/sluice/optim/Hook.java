package dev.sluice.optim;

import dev.sluice.compute.Matrix;
import dev.sluice.compute.Stateful;
import dev.sluice.event.KnobValues;

/**
 * What a system does at fixed points of a step beside gradients: a copy that follows slowly, a
 * predictor in closed form, thresholds on a schedule.
 */
public interface Hook extends Stateful, AutoCloseable {

  /** After the encoder has seen both views, before the predictor does. */
  default void afterEncoding(Matrix embedding0, Matrix embedding1) {}

  /** After the optimiser. */
  default void afterUpdate(KnobValues knobs) {}

  @Override
  default void close() {}
}
