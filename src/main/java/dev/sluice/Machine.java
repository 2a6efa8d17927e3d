package dev.sluice;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run was measured on.
 *
 * @param cpu model of the processor
 * @param cores processors this process may use
 * @param memoryBytes of the machine, or of the container
 * @param os name, version and architecture
 * @param blasThreads threads of one matrix product
 */
record Machine(String cpu, int cores, long memoryBytes, String os, int blasThreads) {

  static Machine here() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        memory,
        String.join(" ", property("os.name"), property("os.version"), property("os.arch")),
        blasThreads(System.getenv("OPENBLAS_NUM_THREADS")));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** What OpenBLAS makes of its variable: every core where it says nothing. */
  private static int blasThreads(@org.jspecify.annotations.Nullable String variable) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (variable == null || !variable.matches("[1-9]\\d{0,3}")) {
      return cores;
    }
    return Integer.parseInt(variable);
  }

  private static String cpuModel() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      for (String line : lines) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException notLinux) {
      return property("os.arch");
    }
    return property("os.arch");
  }
}
