package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/** Where the figures were taken: without it they mean nothing. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern VERSION_OF_JAR = Pattern.compile("-([0-9][^/]*)\\.jar!");

  static Map<String, String> describe() {
    Map<String, String> machine = new TreeMap<>();
    machine.put("cpu", processor());
    machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("memory_bytes", Long.toString(Pointer.totalPhysicalBytes()));
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    machine.put("load_average", String.format(Locale.ROOT, "%.2f", load));
    return machine;
  }

  static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("java", System.getProperty("java.runtime.version"));
    String own = Machine.class.getPackage().getImplementationVersion();
    versions.put("sluice", own == null ? "not packaged" : own);
    versions.put("openblas", ofLibrary("org/bytedeco/openblas/global/openblas_nolapack.class"));
    versions.put("javacpp", ofLibrary("org/bytedeco/javacpp/Pointer.class"));
    versions.put("nd4j", ofLibrary("org/nd4j/linalg/factory/Nd4j.class"));
    return versions;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** The version in the name of the jar that a class file comes from. */
  private static String ofLibrary(String classFile) {
    URL place = Machine.class.getClassLoader().getResource(classFile);
    Matcher matcher = VERSION_OF_JAR.matcher(String.valueOf(place));
    return matcher.find() ? matcher.group(1) : "unknown";
  }

  private Machine() {}
}
