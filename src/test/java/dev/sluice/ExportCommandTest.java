package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Defaults;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Recipes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code sluice export} on a real run of the smallest size. */
class ExportCommandTest {
  private static final int STEPS = 30;

  @TempDir static Path data;
  private static String run = "";

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void train() throws IOException {
    CommandLine line = line(new StringWriter());
    List<String> arguments = new ArrayList<>(List.of("run", "wen-li", "--no-web"));
    for (String set : List.of("features=4", "inputs=32", "neurons=8", "batch=16", "active=1")) {
      arguments.addAll(List.of("--set", set));
    }
    arguments.addAll(
        List.of("--steps", "" + STEPS, "--pace", "200", "--data-dir", data.toString()));
    assertThat(line.execute(arguments.toArray(String[]::new))).isZero();
    try (var runs = Files.list(data.resolve("runs"))) {
      run = runs.findFirst().orElseThrow().getFileName().toString();
    }
  }

  private static CommandLine line(StringWriter err) {
    SettingsReader reader = new SettingsReader(Recipes.all(), Defaults.text());
    CommandLine line = Main.commandLine(new Program(Recipes.all(), reader, Map.of(), false));
    line.setOut(new PrintWriter(new StringWriter(), true));
    line.setErr(new PrintWriter(err, true));
    return line;
  }

  private int export(String... arguments) {
    List<String> all = new ArrayList<>(List.of("export", "--data-dir", data.toString()));
    all.addAll(Arrays.asList(arguments));
    return line(err).execute(all.toArray(String[]::new));
  }

  private String exported(String... arguments) throws IOException {
    Path file = data.resolve("exported");
    List<String> all = new ArrayList<>(List.of("--output", file.toString()));
    all.addAll(Arrays.asList(arguments));
    assertThat(export(all.toArray(String[]::new))).as("%s", err).isZero();
    return Files.readString(file);
  }

  @Test
  void aRunIsFoundByItsName_itsBeginning_andItsFolder() throws IOException {
    String whole = exported(run, "--format", "csv");
    assertThat(whole.lines()).hasSize(STEPS + 1);
    assertThat(exported(run.substring(0, 10), "--format", "csv")).isEqualTo(whole);
    assertThat(exported(data.resolve("runs").resolve(run).toString(), "--format", "csv"))
        .isEqualTo(whole);
  }

  @Test
  void stepsAndSeriesAreChosen() throws IOException {
    assertThat(exported(run, "--format", "ndjson", "--from", "10", "--to", "12").lines())
        .hasSize(3);
    assertThat(exported(run, "--format", "csv", "--series", "sluice_loss").lines().findFirst())
        .contains("step,timestamp_ms,\"sluice_loss{part=\"\"total\"\"}\"");
    assertThat(exported(run, "--format", "openmetrics").lines())
        .hasSize(12 * STEPS + 11 + 1)
        .allMatch(line -> line.startsWith("#") || line.contains("run=\"" + run + "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN | --format is missing: one of openmetrics, csv, ndjson",
        "RUN --format cvs | did you mean csv",
        "--format csv | export needs a run; runs in",
        "nowhere --format csv | run nowhere: there is none of that name; runs in",
        "../../nowhere --format csv | there is none of that name",
        "RUN --format csv --from 5 --to 4 | --from 5 lies behind --to 4",
        "RUN --format csv --from x | --from x: must be a whole number",
        "RUN --format csv --series sluice_los | this run has no such series",
        "RUN --format csv --output /nowhere/x | there is no folder /nowhere",
        "/ --format csv | no run in /"
      })
  void aMistake_isAnsweredInOneLine(String arguments, String answer) {
    assertThat(export(arguments.replace("RUN", run).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(answer).hasLineCount(1);
  }

  @Test
  void aHistoryThatCannotBeRead_isNamed() throws IOException {
    Path broken = Files.createDirectories(data.resolve("elsewhere/broken"));
    Files.writeString(broken.resolve("run.json"), "{\"run\": \"broken\"}");
    Files.writeString(
        broken.resolve("history.db"), "no database, and long enough to look".repeat(40));
    assertThat(export(broken.toString(), "--format", "csv")).isEqualTo(1);
    assertThat(err.toString()).contains(broken.toString()).hasLineCount(1);
  }
}
