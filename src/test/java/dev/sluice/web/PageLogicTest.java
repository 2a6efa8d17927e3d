package dev.sluice.web;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's own logic (src/test/js), run by Node beside a copy of the page. */
final class PageLogicTest {
  private static final Path PAGE = Path.of("src/main/resources/web");
  private static final Path TESTS = Path.of("src/test/js");

  @Test
  void curvesSentencesAndGroupingAreRight(@TempDir Path place) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node"))),
        "missing program: node (Debian: apt-get install nodejs)");
    copy(PAGE, place.resolve("web"));
    List<String> command = new ArrayList<>(List.of("node", "--test"));
    command.addAll(copy(TESTS, place.resolve("js")));
    // Node takes a .js file for a module only when a package says so
    Files.writeString(place.resolve("package.json"), "{\"type\": \"module\"}");
    Process node =
        new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).as("what node said").containsPattern("pass [1-9]");
    assertThat(node.exitValue()).as(said).isZero();
  }

  private static List<String> copy(Path from, Path to) throws IOException {
    List<String> copies = new ArrayList<>();
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        copies.add(Files.copy(file, to.resolve(file.getFileName().toString())).toString());
      }
    }
    return copies;
  }
}
