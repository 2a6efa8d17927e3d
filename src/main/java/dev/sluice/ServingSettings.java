package dev.sluice;

import dev.sluice.config.BadInputException;
import dev.sluice.export.RemoteWriteTarget;
import dev.sluice.web.Host;
import dev.sluice.web.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the process shows and stores its runs.
 *
 * @param web whether it serves the live page and /metrics
 * @param host where
 * @param port there, 0 for any free one
 * @param token that is asked of everybody; null where there is none
 * @param dataDirectory holds a folder {@code runs/ID} for each run; made when it does not exist
 * @param remoteWrite who is sent every step, if anybody
 */
record ServingSettings(
    boolean web,
    Host host,
    int port,
    @Nullable Token token,
    Path dataDirectory,
    Optional<RemoteWriteTarget> remoteWrite) {

  ServingSettings {
    if (web && token == null && !host.isLoopback()) {
      throw new BadInputException(
          "--host "
              + host
              + ": others can reach this address, so a token is needed; give --token-file FILE or"
              + " the variable SLUICE_TOKEN");
    }
    if (Files.exists(dataDirectory) && !Files.isDirectory(dataDirectory)) {
      throw new BadInputException(
          "--data-dir " + BadInputException.echo(dataDirectory.toString()) + ": is not a folder");
    }
  }
}
