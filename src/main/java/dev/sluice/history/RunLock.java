package dev.sluice.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that a process delivers a run's steps to the outside. The system takes it back when the
 * process ends, however it ends, so that what a killed one left behind can be told from what is
 * still being written.
 */
public final class RunLock implements AutoCloseable {
  /**
   * Those that this process holds. To open the file of one and close it again would give it up:
   * that is how locks of files work.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a run's folder; empty when somebody has it.
   *
   * @throws IOException when the folder cannot be written to
   */
  public static Optional<RunLock> tryTake(Path runFolder) throws IOException {
    Path file = runFolder.toRealPath().resolve("run.lock");
    if (!OURS.add(file)) {
      return Optional.empty();
    }
    Optional<RunLock> lock = Optional.empty();
    try {
      lock = tryLock(file);
      return lock;
    } finally {
      if (lock.isEmpty()) {
        OURS.remove(file);
      }
    }
  }

  private static Optional<RunLock> tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new RunLock(file, channel));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      OURS.remove(file);
    }
  }
}
