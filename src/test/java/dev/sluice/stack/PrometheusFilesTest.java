package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of Prometheus, with and without containers. */
class PrometheusFilesTest {
  private static final Path LOCAL = Path.of("prometheus/prometheus.yml");
  private static final Path COMPOSE = Path.of("prometheus/prometheus.compose.yml");
  private static final String TOKEN = "/run/sluice/token";

  @TempDir Path folder;

  @Test
  void localConfiguration_passesPromtool() throws Exception {
    Programs.Said said = Programs.promtool("check", "config", LOCAL);
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(said.text()).doesNotContain("FAILED");
  }

  @Test
  void configurationInContainers_passesPromtool() throws Exception {
    Programs.Said said = Programs.promtool("check", "config", asMounted());
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(said.text()).doesNotContain("FAILED");
  }

  @Test
  void theCheckBites() throws Exception {
    Programs.Said said = Programs.promtool("check", "config", COMPOSE);
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text()).contains(TOKEN);
  }

  @Test
  void theyDifferInAddressesAndTheToken_andInNothingElse() throws IOException {
    Yaml local = Yaml.of(LOCAL);
    Yaml compose = Yaml.of(COMPOSE);
    assertThat(stripped(compose)).isEqualTo(stripped(local));
    assertThat(targets(local, "sluice")).containsExactly("127.0.0.1:8080");
    assertThat(targets(compose, "sluice")).containsExactly("sluice:8080");
    assertThat(alertmanager(local)).containsExactly("127.0.0.1:9093");
    assertThat(alertmanager(compose)).containsExactly("alertmanager:9093");
    assertThat(job(local, "sluice").at("authorization").isAbsent()).isTrue();
    assertThat(job(compose, "sluice").at("authorization").map())
        .isEqualTo(Map.of("credentials_file", TOKEN));
  }

  @Test
  void everySecond_isScrapedAndJudged_andLateSamplesAreTaken() throws IOException {
    for (Path file : List.of(LOCAL, COMPOSE)) {
      Yaml read = Yaml.of(file);
      assertThat(read.at("global", "scrape_interval").text()).isEqualTo("1s");
      assertThat(read.at("global", "evaluation_interval").text()).isEqualTo("1s");
      assertThat(read.at("storage", "tsdb", "out_of_order_time_window").text()).isEqualTo("24h");
      assertThat(read.at("rule_files").texts()).containsExactly("rules/*.yml");
    }
  }

  /** The file as its container sees it: the rules beside it, and a token that is there. */
  private Path asMounted() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
    Path rules = Files.createDirectories(folder.resolve("rules"));
    List<Path> ours = Yaml.files(LOCAL.resolveSibling("rules"));
    assertThat(ours).isNotEmpty();
    for (Path file : ours) {
      Files.copy(file, rules.resolve(file.getFileName()));
    }
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        Files.readString(COMPOSE).replace(TOKEN, token.toString()));
  }

  /** Without what may differ. */
  private static Map<String, Object> stripped(Yaml file) {
    Map<String, Object> rest = new HashMap<>(file.map());
    rest.put(
        "scrape_configs",
        file.at("scrape_configs").list().stream()
            .map(job -> without(job.map(), "static_configs", "authorization"))
            .toList());
    rest.put(
        "alerting",
        file.at("alerting", "alertmanagers").list().stream()
            .map(one -> without(one.map(), "static_configs"))
            .toList());
    return rest;
  }

  private static Map<String, Object> without(Map<String, Object> map, String... keys) {
    Map<String, Object> rest = new HashMap<>(map);
    rest.keySet().removeAll(List.of(keys));
    return rest;
  }

  private static Yaml job(Yaml file, String name) {
    return file.at("scrape_configs").list().stream()
        .filter(job -> job.at("job_name").text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> targets(Yaml file, String name) {
    return targets(job(file, name));
  }

  private static List<String> alertmanager(Yaml file) {
    return file.at("alerting", "alertmanagers").list().stream()
        .flatMap(one -> targets(one).stream())
        .toList();
  }

  private static List<String> targets(Yaml holder) {
    return holder.at("static_configs").list().stream()
        .flatMap(group -> group.at("targets").texts().stream())
        .toList();
  }
}
