package dev.sluice;

import dev.sluice.config.BadInputException;
import dev.sluice.export.RemoteWriteTarget;
import dev.sluice.export.RemoteWriter;
import dev.sluice.history.RunFolder;
import dev.sluice.metrics.DeliveryMetrics;
import dev.sluice.verticle.RunHandle;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends the steps of the session's runs to the receiver of {@code --remote-write}, where there is
 * one.
 */
final class StepDelivery {
  private final Optional<RemoteWriter> writer;
  private final Optional<RemoteWriteTarget> target;
  private final List<RunHandle> followed = new ArrayList<>();

  StepDelivery(
      Optional<RemoteWriteTarget> target, Path dataDirectory, PrometheusRegistry registry) {
    this.target = target;
    writer =
        target.map(
            receiver ->
                RemoteWriter.start(
                    receiver,
                    dataDirectory,
                    new DeliveryMetrics(registry, InstantSource.system()),
                    Versions.sluice()));
  }

  /** Begins with a run; its history has been opened. */
  void begin(RunFolder folder) {
    if (writer.isEmpty()) {
      return;
    }
    try {
      writer.get().follow(folder.id(), folder.path());
    } catch (IOException unwritable) {
      throw new BadInputException(String.valueOf(unwritable.getMessage()), unwritable);
    }
  }

  /** The run is under way. */
  void follow(RunHandle run) {
    followed.add(run);
    run.done().onComplete(ended -> end(run.info().run()));
  }

  /** The run makes no further step, or none at all. */
  void end(String run) {
    writer.ifPresent(sending -> sending.ended(run));
  }

  /**
   * Sends what is left, for so long at most.
   *
   * @return one line about what could not be sent, or nothing
   */
  String close(Duration patience) {
    // said here as well: the news of the last ends may still be on their way
    followed.stream().filter(run -> run.done().isComplete()).forEach(run -> end(run.info().run()));
    long left = writer.map(sending -> sending.close(patience)).orElse(0L);
    if (left == 0) {
      return "";
    }
    return left
        + " steps could not be sent to "
        + target.map(Object::toString).orElse("")
        + " yet; the next start with the same --remote-write and --data-dir sends them";
  }
}
