package dev.sluice.history;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run was made on.
 *
 * @param processor model as the system names it
 * @param cores processors that the JVM may use
 * @param memoryBytes memory of the machine, or of the container it stands for
 * @param system name, version and architecture of the operating system
 */
public record Machine(String processor, int cores, long memoryBytes, String system) {

  /** The machine this process runs on. */
  public static Machine here() {
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        totalMemory(),
        String.join(
            " ",
            System.getProperty("os.name", "unknown"),
            System.getProperty("os.version", ""),
            System.getProperty("os.arch", "")));
  }

  private static String cpuModel() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch", "unknown"));
    } catch (IOException noLinux) {
      return List.of(
              System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", ""),
              System.getProperty("os.arch", "unknown"))
          .stream()
          .filter(name -> !name.isBlank())
          .findFirst()
          .orElse("unknown");
    }
  }

  private static long totalMemory() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return system.getTotalMemorySize();
    }
    return -1;
  }
}
