package dev.sluice.optim;

import dev.sluice.compute.Stateful;

/** Moves parameters along their gradients. Made for a fixed list of parameters. */
public interface Optimiser extends Stateful, AutoCloseable {

  /**
   * One update of every parameter.
   *
   * @param rate learning rate of this step
   * @param decay L2 coefficient
   * @return Euclidean norm of the whole gradient, without the decay term
   */
  double update(double rate, double decay);

  /**
   * Norms of the rows of every weight matrix after the last update, one matrix after the other;
   * vectors such as biases are left out. This optimiser's own array.
   */
  double[] rowNorms();

  @Override
  void close();
}
