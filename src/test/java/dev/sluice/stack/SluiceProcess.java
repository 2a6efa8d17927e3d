package dev.sluice.stack;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program in a process of its own. */
final class SluiceProcess implements AutoCloseable {
  private final Process process;
  private final Path data;
  private final Path errors;
  private final String address;

  private SluiceProcess(Process process, Path data, Path errors) throws IOException {
    this.process = process;
    this.data = data;
    this.errors = errors;
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = String.valueOf(out.readLine());
    if (!line.startsWith("Sluice is at ")) {
      throw new AssertionError(line + "\n" + Files.readString(errors));
    }
    address = line.substring("Sluice is at ".length()).split(" ")[0];
    Thread drain = new Thread(() -> out.lines().forEach(more -> {}), "sluice-out");
    drain.setDaemon(true);
    drain.start();
  }

  /**
   * Starts it with a page on a port of its choice.
   *
   * @param folder for its data and what it says
   */
  static SluiceProcess start(Path folder, int port, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.Main"));
    command.addAll(List.of(arguments));
    Path data = folder.resolve("data");
    command.addAll(List.of("--port", Integer.toString(port), "--data-dir", data.toString()));
    Files.createDirectories(folder);
    Path errors = folder.resolve("sluice.err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    builder.environment().put("OMP_NUM_THREADS", "1");
    return new SluiceProcess(builder.start(), data, errors);
  }

  String address() {
    return address;
  }

  /** The folder of its only run, once there is one. */
  Path runFolder() {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(this::runFolders, folders -> folders.size() == 1)
        .get(0);
  }

  private List<Path> runFolders() throws IOException {
    Path runs = data.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.toList();
    }
  }

  /** Waits for its end and returns its exit status. */
  int awaitEnd(Duration patience) throws InterruptedException, IOException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running: " + said());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String said() throws IOException {
    return Files.readString(errors);
  }

  /** As a crash would end it. */
  void kill() throws InterruptedException {
    Programs.kill(process);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
