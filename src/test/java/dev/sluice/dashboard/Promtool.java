package dev.sluice.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.stack.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prometheus' own parser, given queries as the rules of a file; skips the test where it is missing.
 */
final class Promtool {
  private Promtool() {}

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
    Programs.Said said = Programs.promtool((Object[]) arguments);
    if (said.status() == 0) {
      return List.of();
    }
    return said.text().lines().filter(line -> !line.startsWith("Checking ")).toList();
  }
}
