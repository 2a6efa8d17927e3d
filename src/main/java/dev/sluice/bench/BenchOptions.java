package dev.sluice.bench;

import java.util.List;
import java.util.Set;

/**
 * What to measure.
 *
 * @param sizes of the step
 * @param threads BLAS threads, one measurement each
 * @param parts of the benchmark
 * @param rounds of a comparison, each both sides once
 * @param seconds of one side of a round
 * @param memorySteps steps of the look at memory
 */
public record BenchOptions(
    List<Size> sizes,
    List<Integer> threads,
    Set<Part> parts,
    int rounds,
    double seconds,
    int memorySteps) {

  /** A part of the benchmark. */
  public enum Part {
    /** The bare step against its five products. */
    STEP,
    /** The whole pipeline against the bare step. */
    PIPELINE,
    /** The step of each other system against its own products. */
    SYSTEMS,
    /** Heap and off-heap memory over many steps. */
    MEMORY
  }

  public BenchOptions {
    sizes = List.copyOf(sizes);
    threads = List.copyOf(threads);
    parts = Set.copyOf(parts);
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be at least 1: " + rounds);
    }
    if (!(seconds > 0 && seconds <= 600)) {
      throw new IllegalArgumentException("seconds must be in (0, 600]: " + seconds);
    }
    if (memorySteps < 10) {
      throw new IllegalArgumentException("memory steps must be at least 10: " + memorySteps);
    }
    for (int count : threads) {
      if (count < 1 || count > 64) {
        throw new IllegalArgumentException("threads must be in [1, 64]: " + count);
      }
    }
  }
}
