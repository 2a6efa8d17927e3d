package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/metrics.md says exactly what the catalogue says. {@code -Dsluice.write=true} writes it. */
final class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "metrics.md");

  private static final String EXPECTED = new MetricsDocument(Catalogue.complete()).write();

  @BeforeAll
  static void writeWhenAsked() throws IOException {
    if (Boolean.getBoolean("sluice.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, EXPECTED);
    }
  }

  @Test
  void documentIsWhatTheCatalogueSays() {
    assertThat(DOCUMENT)
        .as("run: mvn -q test -Dtest=MetricsDocumentTest -Dsluice.write=true")
        .hasContent(EXPECTED);
  }

  @Test
  void everyMetricStandsInTheDocumentOnce_andNoOther() throws IOException {
    Matcher rows =
        Pattern.compile("^\\| `sluice_([a-z0-9_]+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(DOCUMENT));
    List<String> documented = new ArrayList<>();
    while (rows.find()) {
      documented.add(rows.group(1));
    }
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.complete().entries().stream().map(entry -> entry.spec().name()).toList());
  }

  @Test
  void everyQuantityOfTheExperiments_hasItsSeries() {
    Map<String, String> quantities = new LinkedHashMap<>(PaperQuantities.knownDictionary());
    quantities.putAll(PaperQuantities.photographs());
    assertThat(quantities.values()).allSatisfy(MetricsDocumentTest::isInTheCatalogue);
  }

  private static void isInTheCatalogue(String key) {
    Matcher parts = Pattern.compile("sluice_([a-z0-9_]+)(?:\\{(.*)})?").matcher(key);
    assertThat(parts.matches()).as(key).isTrue();
    assertThat(Catalogue.complete().find(parts.group(1)))
        .as(key)
        .hasValueSatisfying(
            spec -> assertThat(spec.labelNames()).isEqualTo(labelNames(parts.group(2))));
  }

  private static List<String> labelNames(String labels) {
    if (labels == null) {
      return List.of();
    }
    return Arrays.stream(labels.split(",")).map(label -> label.split("=")[0]).toList();
  }
}
