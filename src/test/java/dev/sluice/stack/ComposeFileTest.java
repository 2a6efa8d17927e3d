package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docker-compose.yml keeps to what is safe on anybody's machine. */
class ComposeFileTest {
  private static final Path FILE = Path.of("docker-compose.yml");

  /** Ends once it has done its work. */
  private static final String ONE_SHOT = "token";

  private final Map<String, Yaml> services = new TreeMap<>();
  private Yaml file;

  @BeforeEach
  void read() throws IOException {
    file = Yaml.of(FILE);
    file.at("services").map().forEach((name, service) -> services.put(name, new Yaml(service)));
  }

  @Test
  void composeUnderstandsIt() throws Exception {
    Programs.assumeInstalled("docker-compose", "docker-compose");
    Programs.Said said =
        Programs.run("docker-compose", "--file", FILE.toString(), "config", "--quiet");
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(said.text()).isEmpty();
  }

  @Test
  void stack_isAsTheDocumentsSay() {
    assertThat(services)
        .containsOnlyKeys("token", "sluice", "prometheus", "alertmanager", "grafana");
    assertThat(ports())
        .containsExactly(
            "127.0.0.1:3000:3000",
            "127.0.0.1:8080:8080",
            "127.0.0.1:9090:9090",
            "127.0.0.1:9093:9093");
  }

  @Test
  void everyPublishedPort_isOfThisMachineAlone() {
    assertThat(ports()).isNotEmpty().allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    assertThat(services.values())
        .noneSatisfy(service -> assertThat(service.at("network_mode").text()).isEqualTo("host"));
  }

  @Test
  void everyImage_isPinnedToAVersion() {
    services.forEach(
        (name, service) ->
            assertThat(service.at("image").text())
                .as(name)
                .matches("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void everyService_isStartedAgain_checkedAndLimited() {
    services.forEach(
        (name, service) -> {
          assertThat(service.at("mem_limit").text()).as(name).matches("\\d+[mg]");
          assertThat(service.at("cpus").value()).as(name).isInstanceOf(Number.class);
          if (name.equals(ONE_SHOT)) {
            assertThat(service.at("restart").text()).isEqualTo("no");
            return;
          }
          assertThat(service.at("restart").text()).as(name).isEqualTo("unless-stopped");
          assertThat(service.at("healthcheck", "test").texts()).as(name).startsWith("CMD");
        });
  }

  @Test
  void everyService_hasNoMoreRightsThanItNeeds() {
    services.forEach(
        (name, service) -> {
          assertThat(service.at("read_only").value()).as(name).isEqualTo(true);
          assertThat(service.at("cap_drop").texts()).as(name).containsExactly("ALL");
          assertThat(service.at("cap_add").isAbsent()).as(name).isTrue();
          assertThat(service.at("privileged").isAbsent()).as(name).isTrue();
          assertThat(service.at("user").text()).as(name).doesNotStartWith("root").isNotEqualTo("0");
          assertThat(service.at("security_opt").texts())
              .as(name)
              .containsExactly("no-new-privileges:true");
        });
  }

  @Test
  void everyFileThatIsMounted_isThere_andReadOnly() {
    TreeSet<String> named = new TreeSet<>();
    services.forEach(
        (name, service) -> {
          for (String volume : service.at("volumes").texts()) {
            String source = volume.split(":", 2)[0];
            if (source.startsWith(".")) {
              assertThat(Path.of(source)).as(name).exists();
              assertThat(volume).as(name).endsWith(":ro");
            } else {
              named.add(source);
            }
          }
        });
    assertThat(file.at("volumes").map().keySet()).containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void whatReadsTheToken_waitsForIt_andCannotChangeIt() {
    services.forEach(
        (name, service) -> {
          List<String> volumes =
              service.at("volumes").texts().stream()
                  .filter(volume -> volume.startsWith("token:"))
                  .toList();
          if (volumes.isEmpty() || name.equals(ONE_SHOT)) {
            return;
          }
          assertThat(volumes).as(name).containsExactly("token:/run/sluice:ro");
          assertThat(service.at("depends_on", ONE_SHOT, "condition").text())
              .as(name)
              .isEqualTo("service_completed_successfully");
        });
  }

  @Test
  void prometheus_takesWhatSluiceSends_andReadsTheTokenWhereItIs() throws IOException {
    Yaml prometheus = services.get("prometheus");
    assertThat(prometheus.at("command").texts()).contains("--web.enable-remote-write-receiver");
    assertThat(services.get("sluice").at("command").texts())
        .contains(
            "--host=0.0.0.0",
            "--token-file=/run/sluice/token",
            "--remote-write=http://prometheus:9090/api/v1/write");
    assertThat(Files.readString(Path.of("prometheus/prometheus.compose.yml")))
        .contains("credentials_file: /run/sluice/token");
  }

  @Test
  void grafana_isOpenToLookAt_andHasNoAccountUntilAPasswordIsGiven() {
    Yaml settings = services.get("grafana").at("environment");
    assertThat(settings.at("GF_AUTH_ANONYMOUS_ORG_ROLE").text()).isEqualTo("Viewer");
    assertThat(settings.at("GF_SECURITY_ADMIN_PASSWORD").text())
        .isEqualTo("${GF_SECURITY_ADMIN_PASSWORD:-}");
    assertThat(settings.at("GF_DASHBOARDS_MIN_REFRESH_INTERVAL").text()).isEqualTo("1s");
    assertThat(settings.at("PROMETHEUS_URL").text()).isEqualTo("http://prometheus:9090");
  }

  @Test
  void startOfGrafana_closesTheLoginOnlyWithoutAPassword() throws Exception {
    List<String> entrypoint = services.get("grafana").at("entrypoint").texts();
    String script =
        entrypoint
            .get(2)
            .replace("$$", "$")
            .replace("exec /run.sh", "env | grep ^GF_ | sort | tr '\\n' ' '");
    Programs.Said without =
        Programs.run("env", "GF_SECURITY_ADMIN_PASSWORD=", "sh", "-euc", script);
    assertThat(without.text().strip())
        .isEqualTo(
            "GF_AUTH_BASIC_ENABLED=false GF_AUTH_DISABLE_LOGIN_FORM=true"
                + " GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION=true");
    Programs.Said with =
        Programs.run("env", "GF_SECURITY_ADMIN_PASSWORD=secret", "sh", "-euc", script);
    assertThat(with.text().strip()).isEqualTo("GF_SECURITY_ADMIN_PASSWORD=secret");
  }

  @Test
  void scriptOfTheToken_writesOneThatSluiceTakes_once(@org.junit.jupiter.api.io.TempDir Path folder)
      throws Exception {
    List<String> command = services.get(ONE_SHOT).at("command").texts();
    String script = command.get(0).replace("/run/sluice", folder.toString());
    assertThat(Programs.run("sh", "-euc", script).status()).isZero();
    String token = Files.readString(folder.resolve("token"));
    assertThat(token).matches("[0-9a-f]{48}");
    assertThat(Programs.run("sh", "-euc", script).status()).isZero();
    assertThat(folder.resolve("token")).hasContent(token);
    assertThat(Files.getPosixFilePermissions(folder.resolve("token")).toString())
        .contains("OTHERS_READ")
        .doesNotContain("OTHERS_WRITE");
  }

  private List<String> ports() {
    return services.values().stream()
        .flatMap(service -> service.at("ports").texts().stream())
        .sorted()
        .toList();
  }
}
