package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.recipe.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final String KEYS =
      "Settings: batch, images, inputs, learning_rate, negatives, overlap, pace, seed, steps, whiten";

  private final TinyRecipe recipe = new TinyRecipe();
  private final SettingsReader reader = new SettingsReader(List.of(recipe), TinyRecipe.DEFAULTS);

  @TempDir Path folder;

  @Test
  void eachLayer_coversTheOnesBelow() throws IOException {
    Path file = yaml("overlap: 0.2");
    Map<String, String> variables = Map.of("SLUICE_OVERLAP", "0.3", "PATH", "/bin");
    List<String> sets = List.of("overlap=0.4");
    Layer flag = new Layer(Origin.FLAG, "", Map.of("overlap", "0.6"));
    Preset plain = new Preset("plain", "Nothing.", Map.of(), 1, List.of());
    Preset preset = new Preset("other", "Some.", Map.of("overlap", "0.1"), 1, List.of());

    assertOverlap(reader.read(recipe, plain, List.of()), 0, Origin.DEFAULT);
    assertOverlap(reader.read(recipe, preset, List.of()), 0.1, Origin.PRESET);
    assertOverlap(
        reader.read(recipe, preset, reader.layers(recipe, file, Map.of(), List.of())),
        0.2,
        Origin.FILE);
    assertOverlap(
        reader.read(recipe, preset, reader.layers(recipe, file, variables, List.of())),
        0.3,
        Origin.ENVIRONMENT);
    List<Layer> layers = reader.layers(recipe, file, variables, sets);
    assertOverlap(reader.read(recipe, preset, layers), 0.4, Origin.SET);
    List<Layer> flagged = new ArrayList<>(layers);
    flagged.add(flag);
    assertOverlap(reader.read(recipe, preset, flagged), 0.6, Origin.FLAG);
  }

  private static void assertOverlap(
      Settings<TinyRecipe.TinySettings> settings, double value, Origin origin) {
    assertThat(settings.typed().learner().overlap()).isEqualTo(value);
    assertThat(settings.origins()).containsEntry("overlap", origin);
  }

  @Test
  void everyType_isRead() {
    Settings<TinyRecipe.TinySettings> settings =
        read(
            "batch=8",
            "learning_rate=1e-3",
            "negatives=none",
            "seed=9007199254740993",
            "images=/a=b c",
            "whiten=true",
            "overlap=.5");
    assertThat(settings.typed())
        .isEqualTo(
            new TinyRecipe.TinySettings(
                new TinyRecipe.Learner(
                    8, 0.001, 0.5, TinyRecipe.Negatives.NONE, 9_007_199_254_740_993L, 0, 0),
                32,
                "/a=b c",
                true));
    assertThat(settings.texts())
        .containsExactly(
            Map.entry("batch", "8"),
            Map.entry("learning_rate", "0.001"),
            Map.entry("overlap", "0.5"),
            Map.entry("negatives", "none"),
            Map.entry("seed", "9007199254740993"),
            Map.entry("steps", "0"),
            Map.entry("pace", "0"),
            Map.entry("inputs", "32"),
            Map.entry("images", "/a=b c"),
            Map.entry("whiten", "true"));
  }

  @Test
  void preset_overridesDefaults() {
    Settings<TinyRecipe.TinySettings> settings =
        reader.read(recipe, SettingsReader.preset(recipe, "large"), List.of());
    assertThat(settings.typed().inputs()).isEqualTo(64);
    assertThat(settings.typed().learner().batch()).isEqualTo(48);
    assertThat(settings.origins())
        .containsEntry("inputs", Origin.PRESET)
        .containsEntry("seed", Origin.DEFAULT);
    assertThat(SettingsReader.preset(recipe, null).name()).isEqualTo("small");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          overlap=1.5        | --set overlap=1.5: overlap must be a number from 0 to 1
          overlap=-0.1       | --set overlap=-0.1: overlap must be a number from 0 to 1
          overlap=NaN        | --set overlap=NaN: overlap must be a number from 0 to 1
          overlap=1e999      | --set overlap=1e999: overlap must be a number from 0 to 1
          overlap=           | --set overlap=: overlap must be a number from 0 to 1
          learning_rate=-1   | --set learning_rate=-1: learning_rate must be a number of at least 0
          learning_rate=Infinity | --set learning_rate=Infinity: learning_rate must be a number of at least 0
          learning_rate=0x1p3 | --set learning_rate=0x1p3: learning_rate must be a number of at least 0
          learning_rate=1d   | --set learning_rate=1d: learning_rate must be a number of at least 0
          inputs=0           | --set inputs=0: inputs must be a whole number from 1 to 4096
          inputs=2.5         | --set inputs=2.5: inputs must be a whole number from 1 to 4096
          inputs=many        | --set inputs=many: inputs must be a whole number from 1 to 4096
          batch=99999999999  | --set batch=99999999999: batch must be a whole number from -2147483648 to 2147483647
          seed=-1            | --set seed=-1: seed must be a whole number from 0 to 9223372036854775807
          seed=9223372036854775808 | --set seed=9223372036854775808: seed must be a whole number from 0 to 9223372036854775807
          negatives=raw      | --set negatives=raw: negatives must be one of batch, none
          negatives=BATCH    | --set negatives=BATCH: negatives must be one of batch, none
          whiten=yes         | --set whiten=yes: whiten must be true or false
          overlap            | --set overlap: must have the form key=value
          =1                 | --set =1: must have the form key=value
          batch=33           | batch must be at most inputs, given 33 and 32
          """)
  void badValue_isAnsweredInOneLine(String set, String message) {
    assertThatThrownBy(() -> read(set == null ? "" : set))
        .isInstanceOf(BadInputException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ovrelap=1       | --set ovrelap=1: tiny has no setting ovrelap; did you mean overlap? %s
          learning-rate=1 | --set learning-rate=1: tiny has no setting learning-rate; did you mean learning_rate? %s
          lr=1            | --set lr=1: tiny has no setting lr. %s
          zzzzzzzz=1      | --set zzzzzzzz=1: tiny has no setting zzzzzzzz. %s
          """)
  void unknownKey_namesTheNearest(String set, String message) {
    assertThatThrownBy(() -> read(set))
        .isInstanceOf(BadInputException.class)
        .hasMessage(message.formatted(KEYS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SLUICE_SEDE    | 1   | SLUICE_SEDE=1: tiny has no setting sede; did you mean seed? %s
          SLUICE_OVERLAP | 2   | SLUICE_OVERLAP=2: overlap must be a number from 0 to 1
          SLUICE_BATCH   | few | SLUICE_BATCH=few: batch must be a whole number from -2147483648 to 2147483647
          """)
  void badVariable_isRefused(String name, String value, String message) {
    assertThatThrownBy(() -> read(null, Map.of(name, value)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(message.formatted(KEYS));
  }

  @Test
  void variablesThatAreNoSettings_areLeftAlone() {
    Map<String, String> variables =
        Map.of(
            "SLUICE_LOG", "debug",
            "SLUICE_BLAS_THREADS", "2",
            "SLUICE_MEMORY", "2g",
            "SLUICE_HOST", "0.0.0.0",
            "SLUICE_TOKEN", "0123456789abcdef",
            "SLUICE_SERVICE_HOST", "10.0.0.1",
            "SLUICE_PORT", "tcp://10.0.0.1:8080",
            "SLUICE_PORT_8080_TCP_ADDR", "10.0.0.1",
            "SLUICE_OVERLAP", "");
    assertOverlap(read(null, variables), 0, Origin.DEFAULT);
  }

  @Test
  void file_mayHaveSectionsAndLinesAtTheTop() throws IOException {
    Path file =
        yaml(
            """
            common:
              seed: 1
              overlap: 0.1
            tiny:
              overlap: 0.2
              inputs: 20
            negatives: none
            """);
    Settings<TinyRecipe.TinySettings> settings = read(file, Map.of());
    assertThat(settings.texts())
        .containsEntry("seed", "1")
        .containsEntry("overlap", "0.2")
        .containsEntry("inputs", "20")
        .containsEntry("negatives", "none");
  }

  @Test
  void theFileOfDefaults_isAFileOfSettings() throws IOException {
    Settings<TinyRecipe.TinySettings> settings = read(yaml(TinyRecipe.DEFAULTS), Map.of());
    assertThat(settings.typed()).isEqualTo(read().typed());
    assertThat(settings.origins().values()).containsOnly(Origin.FILE);
  }

  @Test
  void emptyFile_changesNothing() throws IOException {
    assertThat(read(yaml(""), Map.of()).typed()).isEqualTo(read().typed());
    assertThat(read(yaml("# nothing\n"), Map.of()).typed()).isEqualTo(read().typed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          overlap: 3          | FILE: overlap: 3: overlap must be a number from 0 to 1
          overlap: off        | FILE: overlap: off: overlap must be a number from 0 to 1
          overlop: 1          | FILE: overlop: 1: tiny has no setting overlop; did you mean overlap? KEYS
          {tiney: {seed: 1}}  | FILE: there is no section tiney; did you mean tiny? Sections: common, tiny
          overlap: [1, 2]     | FILE:1: overlap must have one value, key: value
          overlap:            | FILE:1: overlap must have one value, key: value
          just text           | FILE:1: must hold lines of the form key: value
          - 1                 | FILE:1: must hold lines of the form key: value
          """)
  void badFile_isAnsweredWithItsName(String text, String message) throws IOException {
    Path file = yaml(text);
    assertThatThrownBy(() -> read(file, Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(message.replace("FILE", file.toString()).replace("KEYS", KEYS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {seed: 1, seed: 2}    | :1: is not YAML: Duplicate field 'seed'
          {seed: 1              | :1: is not YAML: while parsing a flow mapping
          seed: "1              | :1: is not YAML: while scanning a quoted scalar
          """)
  void malformedFile_isAnsweredWithTheLine(String text, String message) throws IOException {
    Path file = yaml(text);
    assertThatThrownBy(() -> read(file, Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessage(file + message);
  }

  @Test
  void unreadableFile_isAnswered() throws IOException {
    Path missing = folder.resolve("no.yaml");
    assertThatThrownBy(() -> read(missing, Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--config " + missing + ": no such file");
    assertThatThrownBy(() -> read(folder, Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--config " + folder + ": is a folder, not a YAML file");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> read(binary, Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--config " + binary + ": is not text in UTF-8");
  }

  @Test
  void unknownRecipeAndPreset_nameTheNearest() {
    assertThatThrownBy(() -> reader.recipe("tinny"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("there is no recipe tinny; did you mean tiny? Recipes: tiny");
    assertThatThrownBy(() -> SettingsReader.preset(recipe, "lrage"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("tiny has no preset lrage; did you mean large? Presets: small, large");
  }

  @Test
  void whatWasGiven_staysOneLineOfBoundedLength() {
    assertThatThrownBy(() -> read("images=a\nb", "whiten=" + "x\n".repeat(500)))
        .isInstanceOf(BadInputException.class)
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage())
                    .doesNotContain("\n")
                    .hasSizeLessThan(200)
                    .endsWith("...: whiten must be true or false"));
  }

  @Test
  void missingDefault_isAnErrorOfTheProgram() {
    SettingsReader lacking = new SettingsReader(List.of(recipe), "tiny:\n  inputs: 3\n");
    assertThatThrownBy(() -> lacking.read(recipe, recipe.presets().get(0), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reference.yaml lacks a default of tiny for batch");
  }

  private Settings<TinyRecipe.TinySettings> read(String... sets) {
    return reader.read(
        recipe, recipe.presets().get(0), reader.layers(recipe, null, Map.of(), List.of(sets)));
  }

  private Settings<TinyRecipe.TinySettings> read(Path file, Map<String, String> variables) {
    return reader.read(
        recipe, recipe.presets().get(0), reader.layers(recipe, file, variables, List.of()));
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("s.yaml"), text);
  }
}
