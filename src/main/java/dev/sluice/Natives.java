package dev.sluice;

import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.Matrix;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of the compute backend. Loading them is the longest part of a start and
 * needs nothing of the rest, so it goes on beside it.
 */
final class Natives {

  private Natives() {}

  /** Begins to load them; whoever needs them meanwhile waits for the rest of it. */
  static void loadAhead() {
    // two threads that begin to log at once would be told off by the log
    LoggerFactory.getILoggerFactory();
    Thread loading = new Thread(Natives::load, "sluice-natives");
    loading.setDaemon(true);
    // whoever needs the libraries next meets the same failure, and reports it
    loading.setUncaughtExceptionHandler((thread, failure) -> {});
    loading.start();
  }

  /**
   * Threads of one matrix product: as OpenBLAS reads its variable, every core where it says none.
   */
  static int blasThreads(Map<String, String> variables) {
    String given = variables.getOrDefault("OPENBLAS_NUM_THREADS", "");
    return given.matches("[1-9]\\d{0,3}")
        ? Integer.parseInt(given)
        : Runtime.getRuntime().availableProcessors();
  }

  private static void load() {
    try (CpuBackend kernels = new CpuBackend();
        Matrix factor = kernels.allocate(1, 1);
        Matrix product = kernels.allocate(1, 1)) {
      kernels.gemm(Op.NONE, Op.NONE, 1, factor, factor, 0, product);
    }
  }
}
