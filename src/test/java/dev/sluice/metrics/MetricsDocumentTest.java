package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
}
