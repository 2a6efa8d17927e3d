package dev.sluice.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Grafana finds the data source and the dashboards where the dashboards expect them. */
final class ProvisioningTest {
  private static final Path FOLDER = Path.of("grafana", "provisioning");

  @Test
  void theDataSource_isPrometheus_scrapedEverySecond_whereTheEnvironmentSays() throws IOException {
    JsonNode sources = read("datasources/prometheus.yml").get("datasources");
    assertThat(sources).hasSize(1);
    JsonNode prometheus = sources.get(0);
    assertThat(prometheus.get("uid").asText()).isEqualTo("prometheus");
    assertThat(prometheus.get("type").asText()).isEqualTo("prometheus");
    assertThat(prometheus.get("isDefault").asBoolean()).isTrue();
    assertThat(prometheus.get("jsonData").get("timeInterval").asText()).isEqualTo("1s");
    // Grafana expands a name in braces and nothing else: a default would be taken for a part of it
    assertThat(prometheus.get("url").asText()).isEqualTo("${PROMETHEUS_URL}");
  }

  @Test
  void theDashboards_areReadFromFiles_andNotChangedInTheBrowser() throws IOException {
    JsonNode providers = read("dashboards/sluice.yml").get("providers");
    assertThat(providers).hasSize(1);
    JsonNode provider = providers.get(0);
    assertThat(provider.get("allowUiUpdates").asBoolean()).isFalse();
    JsonNode options = provider.get("options");
    assertThat(options.get("foldersFromFilesStructure").asBoolean()).isTrue();
    assertThat(options.get("path").asText()).isEqualTo("${DASHBOARDS_PATH}");
    // Grafana refuses a folder of its own beside those of the files
    assertThat(provider.has("folder")).isFalse();
  }

  @Test
  void alertLists_readTheDataSourceByItsName() throws IOException {
    String name = read("datasources/prometheus.yml").get("datasources").get(0).get("name").asText();
    assertThat(Panels.dashboards().values().stream().flatMap(each -> Panels.panels(each).stream()))
        .filteredOn(panel -> panel.get("type").asText().equals("alertlist"))
        .hasSize(2)
        .allSatisfy(
            panel -> assertThat(panel.get("options").get("datasource").asText()).isEqualTo(name));
  }

  private static JsonNode read(String file) throws IOException {
    return new YAMLMapper().readTree(FOLDER.resolve(file).toFile());
  }
}
