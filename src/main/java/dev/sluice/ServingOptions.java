package dev.sluice;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command that trains. */
final class ServingOptions {

  /** Where the page is unless told otherwise. */
  static final String DEFAULT_PORT = "8080";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = DEFAULT_PORT,
      description =
          "port of the live page on 127.0.0.1, ${DEFAULT-VALUE} by default; 0 takes a free one")
  private String port = DEFAULT_PORT;

  @Option(names = "--no-web", description = "no live page, no /metrics")
  private boolean noWeb;

  @Option(
      names = "--data-dir",
      paramLabel = "D",
      defaultValue = ".",
      description = "every run gets a folder D/runs/ID, with D the current folder by default")
  private Path dataDirectory = Path.of(".");

  /** The options, checked. */
  ServingSettings settings() {
    return new ServingSettings(!noWeb, Options.port(port), dataDirectory);
  }
}
