package dev.sluice.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of Prometheus that checks our files. A test that needs one that is missing is skipped.
 */
record Tool(String program, String debianPackage) {
  static final Tool PROMTOOL = new Tool("promtool", "prometheus");
  static final Tool AMTOOL = new Tool("amtool", "prometheus-alertmanager");

  /** What it said, and its exit status. */
  record Answer(int status, String said) {
    boolean isGood() {
      return status == 0;
    }
  }

  Answer run(Object... arguments) throws IOException, InterruptedException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        "missing program: " + program + " (Debian: apt-get install " + debianPackage + ")");
    List<String> command = new ArrayList<>(List.of(program));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", program).isTrue();
    return new Answer(process.exitValue(), said);
  }
}
