package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.config.SettingsReader;
import dev.sluice.config.TinyRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands answer, short of training. */
class CommandLineTest {
  private static final String SETTINGS =
      "Settings: batch, images, inputs, learning_rate, negatives, overlap, pace, seed, steps, whiten";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run                          | run needs a recipe. Recipes: tiny
          run tny                      | there is no recipe tny; did you mean tiny? Recipes: tiny
          run tiny --preset smal       | tiny has no preset smal; did you mean small? Presets: small, large
          run tiny --preset xxxxxxxx   | tiny has no preset xxxxxxxx. Presets: small, large
          run tiny --set ovrlap=1      | --set ovrlap=1: tiny has no setting ovrlap; did you mean overlap? SETTINGS
          run tiny --set overlap=7     | --set overlap=7: overlap must be a number from 0 to 1
          run tiny --set overlap       | --set overlap: must have the form key=value
          run tiny --seed x            | --seed x: seed must be a whole number from 0 to 9223372036854775807
          run tiny --seed 1.5          | --seed 1.5: seed must be a whole number from 0 to 9223372036854775807
          run tiny --steps 0           | --steps 0: must be a whole number of at least 1
          run tiny --steps many        | --steps many: must be a whole number of at least 1
          run tiny --pace fast         | --pace fast: must be a number of steps a second up to 1000000, or max
          run tiny --pace 1000001      | --pace 1000001: must be a number of steps a second up to 1000000, or max
          run tiny --port 65536        | --port 65536: must be a whole number from 0 to 65535
          run tiny --port http         | --port http: must be a whole number from 0 to 65535
          run tiny --host 1.2.3.4:80   | --host 1.2.3.4:80: must be an IP address of this machine, or a name of one
          run tiny --host 0.0.0.0      | --host 0.0.0.0: others can reach this address, so a token is needed; give --token-file FILE or the variable SLUICE_TOKEN
          run tiny --host ::           | --host ::: others can reach this address, so a token is needed; give --token-file FILE or the variable SLUICE_TOKEN
          run tiny --token-file no     | --token-file no: no such file
          run tiny --backend quantum   | --backend quantum: must be one of cpu, reference
          run tiny --backend cpus      | --backend cpus: must be one of cpu, reference; did you mean cpu?
          run tiny --config no.yaml    | --config no.yaml: no such file
          run tiny --report no/r.json  | --report no/r.json: there is no folder CWD/no
          run tiny --set batch=33      | batch must be at most inputs, given 33 and 32
          recipes tni                  | there is no recipe tni; did you mean tiny? Recipes: tiny
          run tiny --sead 1            | unknown options: '--sead', '1'; did you mean --seed? see sluice run --help
          runn                         | unmatched argument at index 0: 'runn'; did you mean run? see sluice --help
          run tiny --seed 1 --seed 2   | option '--seed' (N) should be specified only once; see sluice run --help
          run tiny --port              | missing required parameter for option '--port' (N); see sluice run --help
          """)
  void mistake_isAnsweredInOneLine(String arguments, String message) {
    assertThat(execute(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "sluice: "
                + message
                    .replace("CWD", Path.of("").toAbsolutePath().toString())
                    .replace("SETTINGS", SETTINGS)
                + System.lineSeparator());
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void reportIntoAFolder_isRefusedBeforeTheRun() {
    assertThat(execute("run", "tiny", "--report", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "sluice: --report " + folder + ": is a folder; give the name of a file");
  }

  @Test
  void dataDirectoryThatIsAFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "");
    assertThat(execute("run", "tiny", "--data-dir", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("sluice: --data-dir " + file + ": is not a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                    | is empty
          ` `                   | is empty
          fifteen-letters       | a token must have from 16 to 1024 characters
          sixteen letters!      | a token must consist of ASCII letters, digits and signs, without spaces
          schlüssel-zum-schloss | a token must consist of ASCII letters, digits and signs, without spaces
          """)
  void unfitToken_isRefusedWithoutBeingRepeated(String token, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("t"), token + "\n");
    assertThat(execute("run", "tiny", "--token-file", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("sluice: --token-file " + file + ": " + message);
    err.getBuffer().setLength(0);
    assertThat(execute(Map.of("SLUICE_TOKEN", token), "run", "tiny")).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("sluice: SLUICE_TOKEN: " + message);
  }

  @Test
  void tokenFileThatCannotBeRead_isNamed() {
    assertThat(execute("run", "tiny", "--token-file", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "sluice: --token-file " + folder + ": is a folder; give the name of a file");
  }

  @Test
  void tokenFileWithoutAnEnd_isRefused() {
    assumeTrue(Files.exists(Path.of("/dev/zero")), "missing file: /dev/zero");
    assertThat(execute("run", "tiny", "--token-file", "/dev/zero")).isEqualTo(2);
    assertThat(err.toString()).contains("--token-file /dev/zero: a token must have from 16 to");
  }

  @Test
  void hostBeyondThisMachine_isTakenWithAToken() throws IOException {
    Path file = Files.writeString(folder.resolve("t"), "0123456789abcdef\n");
    Map<String, String> weak = Map.of("SLUICE_TOKEN", "short");
    // the file wins, and what is wrong is the recipe
    assertThat(
            execute(
                weak,
                "run",
                "tiny",
                "--host",
                "0.0.0.0",
                "--token-file",
                file.toString(),
                "--data-dir",
                folder.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("sluice: tiny / small: tiny cannot run");
  }

  @Test
  void host_comesFromItsVariableWhereNoFlagIsGiven() {
    Map<String, String> everybody = Map.of("SLUICE_HOST", "0.0.0.0");
    assertThat(execute(everybody, "run", "tiny")).isEqualTo(2);
    assertThat(err.toString()).startsWith("sluice: --host 0.0.0.0: others can reach this address");
    err.getBuffer().setLength(0);
    assertThat(execute(Map.of("SLUICE_HOST", "a:b"), "run", "tiny")).isEqualTo(2);
    assertThat(err.toString()).startsWith("sluice: SLUICE_HOST a:b: must be an IP address");
    err.getBuffer().setLength(0);
    String here = folder.toString();
    assertThat(execute(everybody, "run", "tiny", "--host", "::1", "--data-dir", here)).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("sluice: tiny / small: tiny cannot run");
  }

  @Test
  void withoutAPage_noTokenIsNeeded() {
    String here = folder.toString();
    assertThat(execute("run", "tiny", "--no-web", "--host", "0.0.0.0", "--data-dir", here))
        .isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("sluice: tiny / small: tiny cannot run");
  }

  @Test
  void recipeThatRefusesItsSettings_isAnswered() {
    assertThat(execute("run", "tiny", "--no-web", "--data-dir", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("sluice: tiny / small: tiny cannot run");
  }

  @Test
  void unknownVariable_isAnswered() {
    assertThat(execute(Map.of("SLUICE_OVERLAPP", "1"), "run", "tiny")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "sluice: SLUICE_OVERLAPP=1: tiny has no setting overlapp; did you mean overlap? "
                + SETTINGS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "demo --help", "recipes --help", "bench --help"})
  void help_hasExamples(String arguments) {
    assertThat(execute(arguments.split(" "))).isZero();
    assertThat(out.toString())
        .contains("Usage: sluice")
        .contains("Examples:")
        .contains("  sluice ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void version_isOneLine() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("sluice ").hasLineCount(1);
  }

  @Test
  void recipes_listsPresets() {
    assertThat(execute("recipes")).isZero();
    assertThat(out.toString())
        .contains("tiny: small is enough")
        .contains("  small                       the default (about 1 s)")
        .contains("  large                       more of it, reports neuron (about 2 min)");
  }

  @Test
  void recipes_listsSettingsOfOneWithWhatIsAllowed() {
    assertThat(execute("recipes", "tiny", "--preset", "large")).isZero();
    assertThat(out.toString())
        .contains("  overlap=0                        masks in common; a number from 0 to 1")
        .contains("  inputs=64                        width; a whole number from 1 to 4096")
        .contains("  negatives=batch                  what to tell apart; one of batch, none");
  }

  @Test
  void withoutACommand_itIsTheDemonstration() {
    assertThat(Main.arguments()).containsExactly("demo");
    assertThat(Main.arguments("--port", "0")).containsExactly("demo", "--port", "0");
    assertThat(Main.arguments("--help")).containsExactly("--help");
    assertThat(Main.arguments("run", "tiny")).containsExactly("run", "tiny");
  }

  private int execute(String... arguments) {
    return execute(Map.of(), arguments);
  }

  private int execute(Map<String, String> variables, String... arguments) {
    TinyRecipe tiny = new TinyRecipe();
    SettingsReader reader = new SettingsReader(List.of(tiny), TinyRecipe.DEFAULTS);
    CommandLine line = Main.commandLine(new Program(List.of(tiny), reader, variables, false));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(Main.arguments(arguments));
  }
}
