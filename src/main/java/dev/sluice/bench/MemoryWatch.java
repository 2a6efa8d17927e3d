package dev.sluice.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Whether a long run of steps keeps heap and off-heap memory flat. */
final class MemoryWatch {

  /**
   * @param heapBytesPerStep allocated on the heap by the stepping thread, a step, after warm-up
   */
  record Result(List<BenchReport.MemorySample> samples, double heapBytesPerStep) {}

  /** Makes {@code steps} steps and looks ten times, after a tenth of them each. */
  static Result watch(Workload workload, int steps) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<BenchReport.MemorySample> samples = new ArrayList<>();
    int tenth = Math.max(1, steps / 10);
    double allocated = 0;
    for (int i = 1; i <= 10; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int j = 0; j < tenth; j++) {
        workload.step();
      }
      allocated = (double) (threads.getCurrentThreadAllocatedBytes() - before) / tenth;
      samples.add(sample((long) i * tenth));
    }
    workload.check();
    return new Result(List.copyOf(samples), allocated);
  }

  private static BenchReport.MemorySample sample(long step) {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new BenchReport.MemorySample(step, heap, Pointer.physicalBytes());
  }

  private MemoryWatch() {}
}
