package dev.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Dockerfile fits the tree and starts the program as the launcher does. */
class DockerfileTest {
  private final List<String> lines = new ArrayList<>();

  /** One instruction a line. */
  @BeforeEach
  void read() throws IOException {
    String text =
        Files.readString(Path.of("Dockerfile"))
            .replaceAll("(?m)^#.*\n", "")
            .replaceAll("\\\\\n\\s*", "");
    text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
  }

  @Test
  void everythingThatIsCopied_isThere_andIsLetThrough() throws IOException {
    List<String> let = Files.readAllLines(Path.of(".dockerignore"));
    List<String> sources = new ArrayList<>();
    for (String copy : instructions("COPY")) {
      List<String> words = Arrays.asList(copy.split(" "));
      if (!words.get(0).startsWith("--from")) {
        sources.addAll(words.subList(0, words.size() - 1));
      }
    }
    assertThat(sources)
        .contains("pom.xml", "src/main")
        .allSatisfy(
            source -> {
              assertThat(Path.of(source)).exists();
              assertThat(let).contains("!" + source.split("/")[0]);
            });
    assertThat(let).contains("*").doesNotContain("!src/test");
  }

  @Test
  void everyBase_isPinnedToAVersion() {
    assertThat(instructions("FROM"))
        .hasSize(2)
        .allSatisfy(base -> assertThat(base).matches("[a-z-]+:\\d+\\.\\d+\\.\\d+\\S*( AS \\w+)?"));
  }

  @Test
  void optionsOfTheJvm_areThoseOfTheLauncher() throws IOException {
    String launcher = Files.readString(Path.of("sluice"));
    List<String> options = new ArrayList<>();
    Matcher defaults =
        Pattern.compile("(?m)^  \"?(-[XD][^\\s\"]+)\"?$")
            .matcher(
                launcher.substring(
                    launcher.indexOf("options=("), launcher.indexOf("build, where")));
    while (defaults.find()) {
      options.add(defaults.group(1).replaceAll("\\$\\{\\w+:-(\\w+)}", "$1"));
    }
    assertThat(options).hasSize(5).contains("-Xmx1g", "-XX:+UseSerialGC");
    assertThat(entrypoint()).startsWith("java").containsAll(options);
    assertThat(only("RUN java")).contains(options);
    assertThat(launcher)
        .contains(
            "\"-XX:SharedArchiveFile=$archive\" -Xshare:auto -Xlog:cds=off -Xlog:class+path=off");
    assertThat(entrypoint())
        .contains("-Xshare:auto", "-Xlog:cds=off", "-Xlog:class+path=off")
        .endsWith("-jar", "/opt/sluice/sluice.jar");
    assertThat(only("ENV")).contains("OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1");
  }

  @Test
  void program_runsAsNobodyInParticular() {
    assertThat(instructions("USER")).containsExactly("10001:10001");
    assertThat(lines.indexOf("USER 10001:10001")).isLessThan(index("ENTRYPOINT"));
  }

  @Test
  void build_isTheLaunchers() throws IOException {
    List<String> builds = lines.stream().filter(line -> line.startsWith("RUN mvn")).toList();
    assertThat(builds)
        .hasSize(2)
        .allMatch(build -> build.endsWith("-Dmaven.test.skip=true package"));
    assertThat(Files.readString(Path.of("sluice"))).contains("-Dmaven.test.skip=true package");
  }

  @Test
  void checkOfHealth_isThatOfCompose() throws IOException {
    String check = only("HEALTHCHECK");
    List<String> compose =
        Yaml.of(Path.of("docker-compose.yml"))
            .at("services", "sluice", "healthcheck", "test")
            .texts();
    String array = check.substring(check.indexOf('['));
    List<String> image = new ArrayList<>(List.of("CMD"));
    image.addAll(Arrays.asList(new ObjectMapper().readValue(array, String[].class)));
    assertThat(compose).isEqualTo(image);
  }

  private List<String> entrypoint() throws IOException {
    return Arrays.asList(new ObjectMapper().readValue(only("ENTRYPOINT"), String[].class));
  }

  private List<String> instructions(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  private String only(String name) {
    assertThat(instructions(name)).hasSize(1);
    return instructions(name).get(0);
  }

  private int index(String name) {
    return lines.indexOf(name + " " + only(name));
  }
}
