package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Which versions of what are running. */
final class Versions {

  static final String UNKNOWN = "unknown";

  private Versions() {}

  /** This program's version; {@code development} when it does not run from its jar. */
  static String sluice() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The BLAS library and its version. */
  static String blas() {
    return "OpenBLAS " + artifact("org.bytedeco", "openblas");
  }

  /** By name: this program and what its numbers depend on. */
  static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("sluice", sluice());
    versions.put("java", System.getProperty("java.runtime.version", UNKNOWN));
    versions.put("jvm", System.getProperty("java.vm.name", UNKNOWN));
    versions.put("nd4j", artifact("org.nd4j", "nd4j-native"));
    versions.put("openblas", artifact("org.bytedeco", "openblas"));
    versions.put("vertx", artifact("io.vertx", "vertx-core"));
    return versions;
  }

  /** From the properties that Maven puts into every jar. */
  private static String artifact(String group, String name) {
    String resource = "/META-INF/maven/" + group + "/" + name + "/pom.properties";
    try (InputStream stream = Versions.class.getResourceAsStream(resource)) {
      if (stream == null) {
        return UNKNOWN;
      }
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException unreadable) {
      return UNKNOWN;
    }
  }
}
