package dev.sluice.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules pass Prometheus' own checker, and do what their unit tests say. */
final class RulesTest {
  private static final Path PROMETHEUS = Path.of("prometheus");
  private static final Path RULES = PROMETHEUS.resolve("rules");
  private static final Path TESTS = PROMETHEUS.resolve("tests");

  /** Unit tests of this name evaluate rules over half an hour and more. */
  private static final String LONG = "-long.yml";

  @ParameterizedTest
  @MethodSource("rules")
  void rules_passPromtool(Path file) throws Exception {
    Tool.Answer answer = Tool.PROMTOOL.run("check", "rules", file);

    assertThat(answer.status()).as("%s: %s", file, answer.said()).isZero();
  }

  @ParameterizedTest
  @MethodSource("shortTests")
  void rules_doWhatTheirTestsSay(Path file) throws Exception {
    Tool.Answer answer = Tool.PROMTOOL.run("test", "rules", file);

    assertThat(answer.status()).as("%s: %s", file, answer.said()).isZero();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("longTests")
  void rules_doWhatTheirLongTestsSay(Path file) throws Exception {
    Tool.Answer answer = Tool.PROMTOOL.run("test", "rules", file);

    assertThat(answer.status()).as("%s: %s", file, answer.said()).isZero();
  }

  @Test
  void configurations_passPromtool() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(PROMETHEUS)) {
      files =
          all.filter(file -> file.getFileName().toString().matches("prometheus.*\\.yml")).toList();
    }
    assumeTrue(!files.isEmpty(), "no configuration of Prometheus");
    for (Path file : files) {
      // the one for containers names folders that exist only there
      Tool.Answer answer = Tool.PROMTOOL.run("check", "config", "--syntax-only", file);
      assertThat(answer.status()).as("%s: %s", file, answer.said()).isZero();
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "learning; tensor=\"loss\"; tensor=\"gradient\"; NonFiniteLoss",
        "learning; 'changes(sluice_schedule_stage[5m]) == 0'; 'changes(sluice_schedule_stage[5m]) >= 0'; LossSpike",
        "service; lag_seconds[4s]) > 60; lag_seconds[4s]) > 600; RemoteWriteBehind",
        "service; state=~\"running|paused\"; state=~\"running|finished\"; TrainerDown",
      })
  void unitTests_noticeARuleThatHasBeenChanged(
      String name, String before, String after, String alert, @TempDir Path folder)
      throws Exception {
    Files.createDirectories(folder.resolve("rules"));
    Files.createDirectories(folder.resolve("tests"));
    String rules = Files.readString(RULES.resolve(name + ".yml"));
    Path tests = folder.resolve("tests").resolve(name + ".yml");
    Files.copy(TESTS.resolve(name + ".yml"), tests);
    assertThat(rules).contains(before);
    Files.writeString(folder.resolve("rules").resolve(name + ".yml"), rules.replace(before, after));

    Tool.Answer answer = Tool.PROMTOOL.run("test", "rules", tests);

    assertThat(answer.isGood()).isFalse();
    assertThat(answer.said()).contains("alertname: " + alert + ",");
  }

  static List<Path> rules() throws IOException {
    return Yaml.files(RULES);
  }

  static List<Path> shortTests() throws IOException {
    return Yaml.files(TESTS).stream().filter(file -> !isLong(file)).toList();
  }

  static List<Path> longTests() throws IOException {
    return Yaml.files(TESTS).stream().filter(RulesTest::isLong).toList();
  }

  private static boolean isLong(Path file) {
    return file.toString().endsWith(LONG);
  }
}
