package dev.sluice.stack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A real Alertmanager on a port of its own. */
final class AlertmanagerServer implements AutoCloseable {
  private final Path configuration;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  /**
   * @param configuration its file
   * @param folder for its data and its log
   */
  AlertmanagerServer(Path configuration, Path folder, int port) {
    this.configuration = configuration;
    this.folder = folder;
    this.port = port;
  }

  AlertmanagerServer start() throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve("alertmanager.log");
    process =
        new ProcessBuilder(
                "prometheus-alertmanager",
                "--config.file=" + configuration,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("alertmanager ended: " + Files.readString(log));
              }
              return Http.isOk("http://127.0.0.1:" + port + "/-/ready");
            });
    return this;
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      Programs.kill(process);
    }
  }
}
