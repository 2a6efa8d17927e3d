package dev.sluice;

import dev.sluice.config.BadInputException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice bench}: how fast a step is on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures how fast a training step is on this machine.",
    footerHeading = "%nExamples:%n",
    footer = {"  sluice bench", "  sluice bench --json bench.json"})
final class BenchCommand implements Callable<Integer> {

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON, too")
  private @Nullable Path json;

  @Override
  public Integer call() {
    throw new BadInputException(
        "bench is not part of this build" + (json == null ? "" : ": " + json));
  }
}
