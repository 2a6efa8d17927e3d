package dev.sluice.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, where and when. The JSON of {@code ./sluice bench --json} is this record.
 *
 * @param date ISO 8601, UTC
 * @param machine cpu, cores, memory, operating system, load at the beginning
 * @param versions of the JDK, of this program and of the libraries that compute
 */
public record BenchReport(
    String date,
    Map<String, String> machine,
    Map<String, String> versions,
    List<Step> steps,
    List<Pipeline> pipeline,
    List<SystemRate> systems,
    @Nullable Memory memory) {

  /**
   * The bare step against the floor of its five products.
   *
   * @param floorMs median milliseconds of the products
   * @param stepMs median milliseconds of the step
   * @param floorShare median over the rounds of floor over step, in (0, 1], higher is better
   * @param gigaflops of the step
   */
  public record Step(
      Size size,
      int threads,
      double floorMs,
      double stepMs,
      double floorShare,
      double gigaflops,
      List<Double> floorRoundsMs,
      List<Double> stepRoundsMs) {}

  /**
   * The pipeline against the bare step loop on one BLAS thread.
   *
   * @param share pipeline rate over bare rate, higher is better
   */
  public record Pipeline(
      Size size, double bareStepsPerSecond, double stepsPerSecond, double share) {}

  /**
   * The step of a system of networks against the products of the same step, on one BLAS thread.
   *
   * @param products how many they are
   * @param floorMs median milliseconds of the products
   * @param stepMs median milliseconds of the step
   * @param allowedMs one and a half times the floor and 0.2 ms
   */
  public record SystemRate(
      String name, int products, double floorMs, double stepMs, double allowedMs) {}

  /**
   * Memory over many bare steps.
   *
   * @param heapBytesPerStep allocated on the heap a step
   */
  public record Memory(Size size, List<MemorySample> samples, double heapBytesPerStep) {}

  /**
   * What was in use after so many steps.
   *
   * @param heapBytes after a full collection
   * @param residentBytes of the whole process: heap, matrices outside it, code
   */
  public record MemorySample(long step, long heapBytes, long residentBytes) {}
}
