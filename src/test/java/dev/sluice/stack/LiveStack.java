package dev.sluice.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prometheus and Alertmanager with the files of this repository, and runs that they watch. The
 * files are copied, and only their ports replaced.
 */
final class LiveStack implements AutoCloseable {
  private final Path folder;
  private final WebhookListener webhook;
  private final AlertmanagerServer alertmanager;
  private final PrometheusServer prometheus;
  private final Map<String, SluiceProcess> runs = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  /**
   * Starts all but the runs.
   *
   * @param runNames of the runs to come, each of which gets a port
   */
  LiveStack(Path folder, List<String> runNames) throws IOException {
    this.folder = folder;
    int webhookPort = Programs.freePort();
    int alertmanagerPort = Programs.freePort();
    List<String> targets = new ArrayList<>();
    for (String run : runNames) {
      ports.put(run, Programs.freePort());
      targets.add("\"127.0.0.1:" + ports.get(run) + "\"");
    }
    Path files = folder.resolve("prometheus");
    copy(Path.of("prometheus"), files);
    replace(
        files.resolve("prometheus.yml"),
        Map.of(
            "\"127.0.0.1:8080\"",
            String.join(", ", targets),
            "127.0.0.1:9093",
            "127.0.0.1:" + alertmanagerPort));
    replace(
        files.resolve("alertmanager.yml"), Map.of("127.0.0.1:9095", "127.0.0.1:" + webhookPort));
    webhook = new WebhookListener(webhookPort);
    alertmanager =
        new AlertmanagerServer(files.resolve("alertmanager.yml"), folder, alertmanagerPort);
    prometheus = new PrometheusServer(files.resolve("prometheus.yml"), folder);
    alertmanager.start();
    prometheus.start();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Fails where something to be replaced is not there. */
  private static void replace(Path file, Map<String, String> replacements) throws IOException {
    String text = Files.readString(file);
    for (Map.Entry<String, String> one : replacements.entrySet()) {
      if (!text.contains(one.getKey())) {
        throw new AssertionError(file + " does not hold " + one.getKey());
      }
      text = text.replace(one.getKey(), one.getValue());
    }
    Files.writeString(file, text);
  }

  /** Starts one of the runs, with its steps delivered to Prometheus. */
  SluiceProcess run(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--remote-write", prometheus.writeUrl()));
    try {
      SluiceProcess process =
          SluiceProcess.start(folder.resolve(name), ports.get(name), all.toArray(String[]::new));
      runs.put(name, process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id of a run. */
  String id(String name) {
    return String.valueOf(process(name).runFolder().getFileName());
  }

  SluiceProcess process(String name) {
    return runs.get(name);
  }

  PrometheusServer prometheus() {
    return prometheus;
  }

  WebhookListener webhook() {
    return webhook;
  }

  @Override
  public void close() throws InterruptedException {
    for (SluiceProcess run : runs.values()) {
      run.close();
    }
    prometheus.close();
    alertmanager.close();
    webhook.close();
  }
}
