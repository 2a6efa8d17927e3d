package dev.sluice.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prometheus' own parser, given queries as the rules of a file. */
final class Promtool {
  private Promtool() {}

  static void assumeInstalled() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
        "missing program: promtool (Debian: apt-get install prometheus)");
  }

  /**
   * What promtool says against the queries; each fault names the query's place.
   *
   * @param folder for the file of rules
   */
  static List<String> faults(Path folder, List<Panels.Asked> queries)
      throws IOException, InterruptedException {
    ArrayNode rules = Json.array();
    for (Panels.Asked query : queries) {
      rules.add(Json.object("alert", query.place(), "expr", query.expression()));
    }
    // JSON is YAML
    Path file = folder.resolve("queries.yml");
    Files.writeString(
        file,
        Json.write(
            Json.object("groups", Json.array(Json.object("name", "queries", "rules", rules)))));
    return run("check", "rules", file.toString());
  }

  /**
   * What promtool says of a test of its own kind: none if every expectation holds.
   *
   * @param folder for the file of the test
   */
  static List<String> failures(Path folder, ObjectNode test)
      throws IOException, InterruptedException {
    Path file = folder.resolve("test.yml");
    Files.writeString(file, Json.write(test));
    return run("test", "rules", file.toString());
  }

  private static List<String> run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (promtool.waitFor() == 0) {
      return List.of();
    }
    return said.lines().filter(line -> !line.startsWith("Checking ")).toList();
  }
}
