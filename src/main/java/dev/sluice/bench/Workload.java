package dev.sluice.bench;

/** Something done again and again while it is timed. One thread. */
interface Workload extends AutoCloseable {

  /** Does it once. */
  void step();

  /**
   * Says what is wrong with what was computed, or nothing: a fast step that is wrong is no step.
   */
  void check();

  @Override
  void close();
}
