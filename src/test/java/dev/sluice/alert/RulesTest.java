package dev.sluice.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stack.Programs;
import dev.sluice.stack.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
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
    Programs.Said answer = Programs.promtool("check", "rules", file);

    assertThat(answer.status()).as("%s: %s", file, answer.text()).isZero();
  }

  @ParameterizedTest
  @MethodSource("shortTests")
  void rules_doWhatTheirTestsSay(Path file) throws Exception {
    Programs.Said answer = Programs.promtool("test", "rules", file);

    assertThat(answer.status()).as("%s: %s", file, answer.text()).isZero();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("longTests")
  void rules_doWhatTheirLongTestsSay(Path file) throws Exception {
    Programs.Said answer = Programs.promtool("test", "rules", file);

    assertThat(answer.status()).as("%s: %s", file, answer.text()).isZero();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "collapse; 'score{kind=\"neuron\"}'; 'score{kind=\"dimensional\"}'; DeadNeurons",
        "collapse; max_over_time(sluice_embedding_std_ratio; min_over_time(sluice_embedding_std_ratio; CompleteCollapse",
        "collapse; '[1m]) > -0.2'; '[1m]) > -2'; UniformityLost",
        "collapse; 'warmup_active[4s]) == 0'; 'warmup_active[4s]) >= 0'; CompleteCollapse",
        "learning; tensor=\"loss\"; tensor=\"gradient\"; NonFiniteLoss",
        "learning; 'changes(sluice_schedule_stage[5m]) == 0'; 'changes(sluice_schedule_stage[5m]) >= 0'; LossSpike",
        "service; lag_seconds[40s]) > 60; lag_seconds[40s]) > 600; RemoteWriteBehind",
        "service; '[30s] offset 20s) == 0'; '[30s] offset 20s) >= 0'; TrainerDown",
        "service; up{job=\"sluice\"}[30s]) == 0; up{job=\"sluice\"}[30s]) < 1.5; TrainerDown",
        "service; '[3m]) / 3 < 20'; '[3m]) / 3 < 2'; ScrapesTooSeldom",
        "service; '[3m]) / 3 < 20'; '[3m]) / 3 < 40'; ScrapesTooSeldom",
        "service; state=~\"running|paused\"; state=~\"running|finished\"; TrainerDown",
        "training; 'step_age:seconds > 60'; 'step_age:seconds > 90'; TrainingStalled",
        "training; '[20s] offset 20s) == 1'; '[20s] offset 20s) >= 0'; TrainingStalled",
        "training; 'timestamp_seconds[20s]'; 'timestamp_seconds[4s]'; TrainingStalled",
        "training; state=\"failed\"; state=\"finished\"; RunFailed",
        "training; 'gradient_norm[2m]) < 1e-7'; 'gradient_norm[2m]) < 1e-8'; GradientVanished",
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

    Programs.Said answer = Programs.promtool("test", "rules", tests);

    assertThat(answer.status()).isNotZero();
    assertThat(answer.text()).contains("alertname: " + alert + ",");
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
