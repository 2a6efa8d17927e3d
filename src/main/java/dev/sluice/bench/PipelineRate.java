package dev.sluice.bench;

/**
 * The rate of the whole pipeline: pairs, transfer, step, every probe at its default budget,
 * publishing; unpaced. Given by whoever can put a run together.
 */
@FunctionalInterface
public interface PipelineRate {

  /**
   * Runs the pipeline until it is warm and then for about {@code seconds}.
   *
   * @return training steps a second
   */
  double measure(Size size, double seconds);
}
