package dev.sluice.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings in variables {@code SLUICE_<KEY>}. */
final class Environment {

  static final String PREFIX = "SLUICE_";

  /** Variables of the launcher, of logging and of the server, which are no settings of a run. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "SLUICE_BLAS_THREADS",
          "SLUICE_HEAP",
          "SLUICE_HOST",
          "SLUICE_JAVA_OPTS",
          "SLUICE_JDK",
          "SLUICE_LOG",
          "SLUICE_MEMORY",
          "SLUICE_TOKEN");

  private Environment() {}

  /** Settings by key. A variable that is empty counts as not set, as shells have it. */
  static Map<String, String> settings(Map<String, String> variables) {
    Map<String, String> settings = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)
              && !value.isEmpty()
              && !NO_SETTINGS.contains(name)
              && !isOfKubernetes(name, value)) {
            settings.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), value);
          }
        });
    return settings;
  }

  /**
   * What Kubernetes puts into every container beside a service called sluice; not to be mistaken
   * for a misspelt setting.
   */
  private static boolean isOfKubernetes(String name, String value) {
    return name.matches("SLUICE_(SERVICE_.*|PORT_\\d+_.*)")
        || (name.equals("SLUICE_PORT") && value.contains("://"));
  }
}
