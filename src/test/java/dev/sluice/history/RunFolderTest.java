package dev.sluice.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.ReportLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunFolderTest {
  private static final long START = 1_795_334_400_000L;

  @TempDir Path data;

  @Test
  @DisplayName("the id says what the run is and when it began")
  void id() throws IOException {
    RunFolder folder = RunFolder.create(data, "wen-li-lottery-small-mask-s0", START);
    assertThat(folder.id()).isEqualTo("wen-li-lottery-small-mask-s0-20261122t080000");
    assertThat(folder.path()).isDirectory().isEqualTo(data.resolve("runs").resolve(folder.id()));
  }

  @Test
  @DisplayName("runs of the same name and second have ids of their own")
  void unique() throws IOException {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      ids.add(RunFolder.create(data, "same", START).id());
    }
    assertThat(ids).hasSize(5).contains("same-20261122t080000", "same-20261122t080000-5");
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, etc-passwd",
    "'a b\"c{d}', a-b-c-d-",
    "Grösse, gr-sse",
    "--help, help",
    "..., run",
    "'', run",
    ".hidden, hidden"
  })
  @DisplayName("what may not stand in a path, a URL or a label does not come into an id")
  void safe(String stem, String expected) {
    assertThat(RunFolder.safe(stem)).isEqualTo(expected);
  }

  @Test
  @DisplayName("run.json holds what was fixed at the start, and no draft is left behind")
  void describe() throws IOException {
    RunFolder folder = RunFolder.create(data, "run", START);
    ReportLayout layout = LogFixture.layout(3);
    Machine machine = Machine.here();
    folder.describe(
        LogFixture.info(folder.id(), layout), Map.of("java", "17", "sluice", "0.1"), machine);
    var json = RunFolder.open(folder.path()).description();
    assertThat(json.path("recipe").asText()).isEqualTo("wen-li");
    assertThat(json.path("seed").asLong()).isEqualTo(3);
    assertThat(json.path("settings").path("batch").asText()).isEqualTo("256");
    assertThat(json.path("cadences").path("spectrum").asInt()).isEqualTo(50);
    assertThat(json.path("knobs").path("overlap").isNumber()).isTrue();
    assertThat(json.path("versions").path("java").asText()).isEqualTo("17");
    assertThat(json.path("machine").path("cores").asInt()).isPositive();
    assertThat(json.path("machine").path("memoryBytes").asLong()).isPositive();
    assertThat(json.path("machine").path("processor").asText()).isNotBlank();
    assertThat(json.path("start").asText()).isEqualTo("2026-11-22T08:00:00Z");
    assertThat(json.path("series")).hasSize(3);
    assertThat(json.path("series").get(2).asText()).isEqualTo("sluice_made_up{slot=\"2\"}");
    try (var files = Files.list(folder.path())) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("run.json");
    }
  }

  @Test
  @DisplayName("a data directory that cannot be made is refused with its name")
  void unwritable() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "in the way");
    assertThatThrownBy(() -> RunFolder.create(file, "run", START))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot make the folder for runs " + file.resolve("runs") + ": ");
  }

  @Test
  @DisplayName("a folder without run.json is no run")
  void noRun() {
    assertThatThrownBy(() -> RunFolder.open(data)).hasMessageContaining("it holds no run.json");
  }

  @Test
  @DisplayName("a run is described in its own folder only")
  void otherRun() throws IOException {
    RunFolder folder = RunFolder.create(data, "run", START);
    assertThatThrownBy(
            () ->
                folder.describe(
                    LogFixture.info("other", LogFixture.layout(1)), Map.of(), Machine.here()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
