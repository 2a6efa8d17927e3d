package dev.sluice;

import dev.sluice.config.RemoteWriteFile;
import dev.sluice.export.RemoteWriteTarget;
import dev.sluice.web.Host;
import dev.sluice.web.Token;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that trains. */
final class ServingOptions {

  /** Where the page is unless told otherwise. */
  static final String DEFAULT_PORT = "8080";

  /** Stands for {@code --host} where that is not given. */
  private static final String HOST_VARIABLE = "SLUICE_HOST";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "address of the live page, 127.0.0.1 by default; 0.0.0.0 is every address of this"
              + " machine. One that others can reach needs a token")
  private @Nullable String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "ask everybody for the token in this file, or in the variable SLUICE_TOKEN: as password"
              + " of any user name, or as bearer; /health alone is open")
  private @Nullable Path tokenFile;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = DEFAULT_PORT,
      description = "port of the live page, ${DEFAULT-VALUE} by default; 0 takes a free one")
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

  /**
   * The options, checked.
   *
   * @param variables the environment
   */
  ServingSettings settings(Map<String, String> variables) {
    int checkedPort = Options.port(port);
    Host address = host(variables);
    Token token = TokenSource.token(tokenFile, variables.get(TokenSource.VARIABLE));
    Optional<RemoteWriteTarget> target =
        Optional.ofNullable(remoteWrite).map(RemoteWriteFile::read);
    return new ServingSettings(!noWeb, address, checkedPort, token, dataDirectory, target);
  }

  private Host host(Map<String, String> variables) {
    if (host != null) {
      return Options.host("--host", host);
    }
    // a variable that is empty counts as not set, as shells have it
    String variable = variables.getOrDefault(HOST_VARIABLE, "");
    return variable.isEmpty() ? Host.LOCAL : Options.host(HOST_VARIABLE, variable);
  }
}
