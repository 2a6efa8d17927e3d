package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Defaults;
import dev.sluice.config.SettingsReader;
import dev.sluice.recipe.Recipes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Real runs of the smallest size through the real commands. */
class RunToEndTest {
  private static final List<String> SMALL =
      List.of("features=4", "inputs=32", "neurons=8", "batch=16", "active=1", "stage_one=10");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void finishedRun_reportsWhatItWasAndWhatCameOfIt() throws IOException {
    Path report = folder.resolve("a report.json");
    Files.writeString(report, "an older one");
    assertThat(
            run(
                "--steps",
                "40",
                "--seed",
                "7",
                "--report",
                report.toString(),
                "--port",
                "0",
                "--set",
                "overlap=0.5",
                "--set",
                "horizon=100"))
        .as("%s", err)
        .isZero();

    assertThat(out.toString())
        .containsPattern("(?m)^Sluice is at http://127\\.0\\.0\\.1:\\d+/$")
        .containsPattern(
            "(?m)^lottery-small-mask-s7-[-t\\d]+: finished after 40 steps in [\\d.]+ s$")
        .hasLineCount(2);
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("recipe").asText()).isEqualTo("wen-li");
    assertThat(json.path("preset").asText()).isEqualTo("lottery-small");
    assertThat(json.path("seed").asLong()).isEqualTo(7);
    assertThat(json.path("steps").asLong()).isEqualTo(40);
    assertThat(json.path("horizon").asLong()).isEqualTo(100);
    assertThat(json.at("/settings/overlap").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/settings/negatives").asText()).isEqualTo("batch");
    assertThat(json.at("/setting_origins/seed").asText()).isEqualTo("flag");
    assertThat(json.at("/setting_origins/overlap").asText()).isEqualTo("set");
    assertThat(json.at("/setting_origins/decay").asText()).isEqualTo("default");
    assertThat(json.at("/versions/openblas").asText()).matches("\\d+\\..*");
    assertThat(json.at("/versions/nd4j").asText()).matches("\\d+\\..*");
    assertThat(json.at("/versions/vertx").asText()).matches("\\d+\\..*");
    assertThat(json.at("/machine/cores").asInt()).isPositive();
    assertThat(json.at("/machine/memory_bytes").asLong()).isPositive();
    assertThat(json.at("/machine/cpu").asText()).isNotBlank();
    assertThat(json.path("wall_seconds").asDouble()).isPositive();
    assertThat(json.at("/step_seconds/p50").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(json.at("/step_seconds/p99").asDouble());
    assertThat(sum(json.path("phase_shares"))).isBetween(0.999, 1.001);
    assertThat(json.path("collapse_events").isArray()).isTrue();
    assertThat(json.path("exit_status").asInt()).isZero();
    assertThat(json.path("exit_reason").asText()).isEqualTo("finished");

    JsonNode closing = json.path("final");
    assertThat(closing.path("sluice_loss{part=\"total\"}").asDouble()).isPositive();
    assertThat(
            closing.path("sluice_pair_correlation{layer=\"encoder\",signal=\"dense\"}").isNumber())
        .isTrue();
    assertThat(closing.path("sluice_embedding_rank_samples{layer=\"encoder\"}").asInt())
        .isEqualTo(1024);
    assertThat(closing.path("sluice_steps_total").asLong()).isEqualTo(40);
    closing
        .fieldNames()
        .forEachRemaining(key -> assertThat(key).startsWith("sluice_").doesNotContain("run="));
    assertThat(folder.resolve("data/runs"))
        .isDirectoryContaining("glob:**/lottery-small-mask-s7-*");
    assertThat(folder.resolve("data/runs").resolve(json.path("run").asText()))
        .isDirectoryContaining("glob:**/run.json")
        .isDirectoryContaining("glob:**/history.db");
    try (var files = Files.list(folder)) {
      assertThat(files.filter(Files::isRegularFile)).as("no draft is left").containsExactly(report);
    }
  }

  @Test
  void sameSeed_endsAtTheSameValues() throws IOException {
    Path first = folder.resolve("1.json");
    Path second = folder.resolve("2.json");
    assertThat(run("--steps", "25", "--no-web", "--report", first.toString())).isZero();
    assertThat(run("--steps", "25", "--no-web", "--report", second.toString())).isZero();
    String loss = "sluice_loss{part=\"total\"}";
    assertThat(closing(first).path(loss)).isEqualTo(closing(second).path(loss));
    assertThat(out.toString()).doesNotContain("http://");
  }

  @Test
  void presetOwnLength_endsTheRun() {
    assertThat(run("--no-web", "--set", "steps=12")).isZero();
    assertThat(out.toString()).contains("finished after 12 steps");
  }

  @Test
  void collapse_endsTheRunWhereAskedTo() throws IOException {
    Path report = folder.resolve("r.json");
    assertThat(
            run(
                "--no-web",
                "--fail-on-collapse",
                "--report",
                report.toString(),
                "--steps",
                "100000",
                "--set",
                "learning_rate=100",
                "--set",
                "learning_rate_end=100"))
        .isEqualTo(3);
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertThat(json.path("exit_status").asInt()).isEqualTo(3);
    assertThat(json.path("exit_reason").asText()).isEqualTo("collapse: divergence");
    JsonNode event = json.path("collapse_events").path(0);
    assertThat(event.path("kind").asText()).isEqualTo("divergence");
    assertThat(event.path("severity").asText()).isEqualTo("critical");
    assertThat(event.path("step").asLong()).isLessThan(1000);
    assertThat(json.path("steps").asLong()).isBetween(event.path("step").asLong(), 99_999L);
    assertThat(err.toString()).contains(": divergence critical: ");
  }

  @Test
  void collapse_isOnlyToldOtherwise() {
    assertThat(
            run(
                "--no-web",
                "--steps",
                "60",
                "--set",
                "learning_rate=100",
                "--set",
                "learning_rate_end=100"))
        .isZero();
    assertThat(err.toString()).contains(": divergence critical: ");
  }

  @Test
  void busyPort_isAnswered() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run("--steps", "5", "--port", port)).isEqualTo(2);
      assertThat(err.toString()).contains("port " + port).contains("--port").hasLineCount(1);
      assertThat(out.toString()).isEmpty();
    }
  }

  @Test
  void settingsThatDoNotFitEachOther_areAnswered() {
    assertThat(run("--set", "features=64")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "sluice: features must be at most inputs, for the dictionary to be orthonormal: 64 > 32");
    assertThat(out.toString()).isEmpty();
  }

  private JsonNode closing(Path report) throws IOException {
    return new ObjectMapper().readTree(report.toFile()).path("final");
  }

  private static double sum(JsonNode shares) {
    double sum = 0;
    for (JsonNode share : shares) {
      sum += share.asDouble();
    }
    return sum;
  }

  /** {@code sluice run wen-li} at the smallest size, the options given after it. */
  private int run(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "wen-li", "--data-dir", folder.resolve("data").toString()));
    for (String setting : SMALL) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(options));
    Program program =
        new Program(
            Recipes.all(), new SettingsReader(Recipes.all(), Defaults.text()), Map.of(), false);
    CommandLine line = Main.commandLine(program);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }
}
