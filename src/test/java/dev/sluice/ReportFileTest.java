package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir Path folder;

  @Test
  void content_replacesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), "old");
    new ReportFile(file).write(Map.of("steps", 3));
    assertThat(file).hasContent("{\n  \"steps\" : 3\n}");
    assertThat(folder.toFile().list()).containsExactly("r.json");
  }

  @Test
  void link_staysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    new ReportFile(link).write(Map.of("steps", 3));
    assertThat(link).isSymbolicLink();
    assertThat(file).content().contains("\"steps\" : 3");
  }

  @Test
  void device_staysADevice() throws IOException {
    Path device = Path.of("/dev/null");
    new ReportFile(device).write(Map.of("steps", 3));
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void missingFolder_isRefusedAtOnce() {
    Path file = folder.resolve("no").resolve("r.json");
    assertThatThrownBy(() -> new ReportFile(file))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--report " + file + ": there is no folder " + file.getParent());
  }
}
