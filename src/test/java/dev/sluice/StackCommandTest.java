package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParseResult;

/** What the containers are told to run is understood. */
class StackCommandTest {

  @Test
  void commandOfTheStack_isUnderstood() throws IOException {
    List<String> arguments = new ArrayList<>();
    JsonNode file = new YAMLMapper().readTree(Path.of("docker-compose.yml").toFile());
    file.at("/services/sluice/command").forEach(word -> arguments.add(word.asText()));
    ParseResult parsed =
        Main.commandLine(Program.shipped(Recipes.all()))
            .parseArgs(arguments.toArray(String[]::new));
    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("demo");
    assertThat(parsed.subcommand().matchedOptions())
        .extracting(option -> option.longestName())
        .containsExactlyInAnyOrder("--host", "--token-file", "--data-dir", "--remote-write");
  }
}
