package dev.sluice.loss;

import dev.sluice.compute.ContrastStatistics;
import dev.sluice.model.Parameter;
import java.util.List;
import java.util.Set;

/**
 * A loss over a whole batch: named tensors in, a number and named gradients out. Lower is better. A
 * role that is read but not given is behind a stop-gradient.
 */
public interface Objective extends AutoCloseable {

  /** Its name in run_info, lower case with dashes, for example {@code supcon-out}. */
  String name();

  /** The tensors it reads. */
  Set<Role> reads();

  /** The tensors it writes the gradient of; a subset of what it reads. */
  Set<Role> gives();

  /** Trained tensors of its own; their gradients are added to by {@link #evaluate}. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * The loss of a batch; writes (not adds) the gradient of every role it gives.
   *
   * @param temperature read by objectives with a softmax
   * @return the loss; probability and top 1 are absent where nothing is contrasted
   */
  ContrastStatistics evaluate(Tensors tensors, double temperature);

  /** The loss of a representation that carries nothing; NaN where that is not defined. */
  default double chance(double temperature) {
    return Double.NaN;
  }

  /** What the loss cannot fall below; negative infinity where it is unbounded. */
  double lowerBound();

  @Override
  void close();
}
