package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of other projects that tests drive: are they installed, and what do they say. */
public final class Programs {

  /** What a program said, and how it ended. */
  public record Said(int status, String text) {}

  private Programs() {}

  /** Skips the test where a program is missing, and says how to get it. */
  public static void assumeInstalled(String program, String debianPackage) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        "missing program: " + program + " (Debian: apt-get install " + debianPackage + ")");
  }

  /** Prometheus' checker; skips the test where it is missing. */
  public static Said promtool(Object... arguments) throws IOException, InterruptedException {
    return promtoolReading("", arguments);
  }

  /** The same, with something to read. */
  public static Said promtoolReading(String input, Object... arguments)
      throws IOException, InterruptedException {
    assumeInstalled("promtool", "prometheus");
    return runReading(input, command("promtool", arguments));
  }

  /** The Alertmanager's checker; skips the test where it is missing. */
  public static Said amtool(Object... arguments) throws IOException, InterruptedException {
    assumeInstalled("amtool", "prometheus-alertmanager");
    return runReading("", command("amtool", arguments));
  }

  static Said run(String... command) throws IOException, InterruptedException {
    return runReading("", List.of(command));
  }

  private static List<String> command(String program, Object... arguments) {
    return Stream.concat(Stream.of(program), Arrays.stream(arguments).map(Object::toString))
        .toList();
  }

  private static Said runReading(String input, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // an answer of the file itself, not of whoever runs the test
    builder.environment().keySet().removeIf(name -> name.startsWith("GF_"));
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", command.get(0)).isTrue();
    return new Said(process.exitValue(), text);
  }

  /** A port of this machine that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends a process at once, as a crash would. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(20, TimeUnit.SECONDS);
  }
}
