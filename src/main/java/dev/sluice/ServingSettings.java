package dev.sluice;

import dev.sluice.config.BadInputException;
import dev.sluice.export.RemoteWriteTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the process shows and stores its runs.
 *
 * @param web whether it serves the live page and /metrics
 * @param port where, 0 for any free one
 * @param dataDirectory holds a folder {@code runs/ID} for each run; made when it does not exist
 * @param remoteWrite who is sent every step, if anybody
 */
record ServingSettings(
    boolean web, int port, Path dataDirectory, Optional<RemoteWriteTarget> remoteWrite) {

  ServingSettings {
    if (Files.exists(dataDirectory) && !Files.isDirectory(dataDirectory)) {
      throw new BadInputException(
          "--data-dir " + BadInputException.echo(dataDirectory.toString()) + ": is not a folder");
    }
  }
}
