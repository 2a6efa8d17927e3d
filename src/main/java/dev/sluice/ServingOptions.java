package dev.sluice;

import dev.sluice.config.RemoteWriteFile;
import dev.sluice.export.RemoteWriteTarget;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--remote-write",
      paramLabel = "URL|FILE.yaml",
      description =
          "send every step to a Prometheus remote-write receiver; a file may add basic_auth,"
              + " authorization, tls_config, headers and series, named as Prometheus names them")
  private @Nullable String remoteWrite;

  /** The options, checked. */
  ServingSettings settings() {
    Optional<RemoteWriteTarget> target =
        Optional.ofNullable(remoteWrite).map(RemoteWriteFile::read);
    return new ServingSettings(!noWeb, Options.port(port), dataDirectory, target);
  }
}
