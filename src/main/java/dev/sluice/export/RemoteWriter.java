package dev.sluice.export;

import dev.sluice.export.Outbox.Outcome;
import dev.sluice.history.DeliveryCursor;
import dev.sluice.history.RunLock;
import dev.sluice.metrics.DeliveryMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes every step of every run to a remote-write receiver, with the time at which the step ended.
 *
 * <p>It reads the runs' histories at its own pace, on a thread of its own, four times a second, one
 * request in flight; nothing it does or fails to do can slow a run. The histories are its spool: a
 * cursor in each says how far it has got, so that an outage of the receiver, or of this process,
 * loses nothing. What earlier processes left behind is sent as well.
 *
 * <p>Any thread may call it.
 */
public final class RemoteWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWriter.class);
  private static final String HISTORY = "history.db";
  private static final long TROUBLE_MILLIS = 5_000;
  private static final Duration RHYTHM = Duration.ofMillis(250);
  private static final Duration CLOSING_RHYTHM = Duration.ofMillis(10);

  private final RemoteWriteTarget target;
  private final Path dataDirectory;
  private final DeliveryMetrics metrics;
  private final Receiver receiver;
  private final Backoff backoff;
  private final Outbox outbox;
  private final LongSupplier wallMillis;
  private final Thread thread = new Thread(this::work, "sluice-remote-write");
  private final ConcurrentLinkedQueue<Delivery> arrived = new ConcurrentLinkedQueue<>();
  private final Map<String, Delivery> ours = new ConcurrentHashMap<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private volatile long waitingSteps;
  private volatile long deadlineNanos;

  private RemoteWriter(
      RemoteWriteTarget target,
      Path dataDirectory,
      DeliveryMetrics metrics,
      Receiver receiver,
      LongSupplier wallMillis) {
    this.target = target;
    this.dataDirectory = dataDirectory;
    this.metrics = metrics;
    this.receiver = receiver;
    this.wallMillis = wallMillis;
    backoff = new Backoff(target);
    outbox = new Outbox(receiver, metrics, backoff, wallMillis);
    thread.setDaemon(true);
  }

  /**
   * Starts to send.
   *
   * @param dataDirectory where earlier runs lie, in {@code runs/}
   * @param version of this program, told to the receiver
   */
  public static RemoteWriter start(
      RemoteWriteTarget target, Path dataDirectory, DeliveryMetrics metrics, String version) {
    return start(
        target,
        dataDirectory,
        metrics,
        new HttpReceiver(target, version),
        System::currentTimeMillis);
  }

  static RemoteWriter start(
      RemoteWriteTarget target,
      Path dataDirectory,
      DeliveryMetrics metrics,
      Receiver receiver,
      LongSupplier wallMillis) {
    RemoteWriter writer = new RemoteWriter(target, dataDirectory, metrics, receiver, wallMillis);
    writer.thread.start();
    return writer;
  }

  /**
   * Sends a run's steps from now on, and marks the run as this process's own.
   *
   * @param folder of the run, with its history
   * @throws IOException when another process is at work on it, or its cursor cannot be kept there
   */
  public void follow(String run, Path folder) throws IOException {
    RunLock lock =
        RunLock.tryTake(folder)
            .orElseThrow(() -> new IOException("another process is at work on " + folder));
    Delivery delivery = open(run, folder, lock);
    ours.put(run, delivery);
    arrived.add(delivery);
  }

  private Delivery open(String run, Path folder, RunLock lock) throws IOException {
    try {
      Path database = folder.resolve(HISTORY);
      return Delivery.open(run, database, target, Outbox.BATCH_STEPS, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** A run makes no further step, and its history is closed. */
  public void ended(String run) {
    Delivery delivery = ours.remove(run);
    if (delivery != null) {
      delivery.end();
    }
  }

  private void work() {
    try {
      takeUpEarlierRuns();
      while (!isOver()) {
        if (!roundOrTrouble()) {
          sleep();
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      deliveries.addAll(arrived);
      tellLag();
      deliveries.forEach(RemoteWriter::closeQuietly);
      receiver.close();
    }
  }

  /** When closing: all sent that may be sent now, or the receiver in trouble, or no time left. */
  private boolean isOver() {
    long now = wallMillis.getAsLong();
    boolean allSent =
        arrived.isEmpty() && deliveries.stream().allMatch(delivery -> delivery.isHeld(now));
    return backoff.isClosed()
        && (allSent || backoff.isFailing() || System.nanoTime() - deadlineNanos >= 0);
  }

  private void sleep() throws InterruptedException {
    if (backoff.isClosed()) {
      Thread.sleep(CLOSING_RHYTHM.toMillis());
      return;
    }
    Duration left = backoff.rest().compareTo(RHYTHM) > 0 ? backoff.rest() : RHYTHM;
    while (!left.isZero() && !left.isNegative()) {
      if (!backoff.sleep(left.compareTo(RHYTHM) > 0 ? RHYTHM : left)) {
        return;
      }
      left = left.minus(RHYTHM);
      tellLag();
    }
  }

  /** Whatever goes wrong, the next round is tried: steps that wait must not be forgotten. */
  private boolean roundOrTrouble() throws InterruptedException {
    try {
      return round();
    } catch (RuntimeException | LinkageError | OutOfMemoryError trouble) {
      LOG.error("remote write to {}", target, trouble);
      return false;
    }
  }

  /** One batch of every run; true when some run has more. */
  private boolean round() throws InterruptedException {
    for (Delivery next = arrived.poll(); next != null; next = arrived.poll()) {
      deliveries.add(next);
    }
    // before as well, so that the age of what waits grows while a request hangs
    tellLag();
    boolean more = false;
    for (Iterator<Delivery> runs = deliveries.iterator(); runs.hasNext(); ) {
      Delivery delivery = runs.next();
      Outcome outcome = send(delivery);
      more |= outcome == Outcome.MORE;
      if (delivery.isFinished()) {
        closeQuietly(delivery);
        runs.remove();
      }
      if (outcome == Outcome.HELD) {
        // the receiver is in trouble, and so are all others; another one begins the next round
        deliveries.remove(delivery);
        deliveries.add(delivery);
        more = false;
        break;
      }
    }
    tellLag();
    return more;
  }

  private Outcome send(Delivery delivery) throws InterruptedException {
    try {
      return outbox.send(delivery);
    } catch (RuntimeException unreadable) {
      String why = String.valueOf(unreadable.getMessage());
      if (delivery.isNews(why)) {
        LOG.warn("remote write of run {}: {}; tried again", delivery.run(), why);
        LOG.debug("remote write of run {}", delivery.run(), unreadable);
      }
      delivery.holdUntil(wallMillis.getAsLong() + TROUBLE_MILLIS);
      return Outcome.REFUSED;
    }
  }

  private void tellLag() {
    long steps = 0;
    long oldest = -1;
    try {
      for (Delivery delivery : deliveries) {
        steps += delivery.lagSteps();
        long millis = delivery.oldestMillis();
        if (millis >= 0 && (oldest < 0 || millis < oldest)) {
          oldest = millis;
        }
      }
    } catch (RuntimeException unreadable) {
      LOG.debug("the lag of remote write", unreadable);
    }
    waitingSteps = steps;
    metrics.lag(steps, oldest);
  }

  /** Runs of processes that are gone, whose steps or whose ends have not been sent. */
  private void takeUpEarlierRuns() {
    Path runs = dataDirectory.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return;
    }
    try (Stream<Path> folders = Files.list(runs)) {
      for (Path folder : folders.sorted().toList()) {
        takeUp(folder);
      }
    } catch (IOException unreadable) {
      LOG.warn("remote write: cannot look for earlier runs in {}: {}", runs, unreadable.toString());
    }
  }

  private void takeUp(Path folder) {
    if (!DeliveryCursor.isWaiting(folder.resolve(HISTORY), target.name())) {
      return;
    }
    try {
      Optional<RunLock> lock = RunLock.tryTake(folder);
      if (lock.isPresent()) {
        Delivery delivery = open(String.valueOf(folder.getFileName()), folder, lock.get());
        delivery.end();
        deliveries.add(delivery);
      }
    } catch (IOException unreadable) {
      LOG.warn("remote write: cannot take up {}: {}", folder, unreadable.getMessage());
    }
  }

  private static void closeQuietly(Delivery delivery) {
    try {
      delivery.close();
    } catch (RuntimeException e) {
      LOG.debug("closing the delivery of run {}", delivery.run(), e);
    }
  }

  /**
   * Sends what is left, as long as the receiver takes it and the time lasts.
   *
   * @return how many steps still wait; the next writer to the same receiver sends them
   */
  public long close(Duration patience) {
    deadlineNanos = System.nanoTime() + patience.toNanos();
    backoff.close();
    boolean interrupted = join(patience);
    if (thread.isAlive()) {
      thread.interrupt();
      interrupted |= join(RHYTHM);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return waitingSteps;
  }

  private boolean join(Duration patience) {
    try {
      thread.join(Math.max(1, patience.toMillis()));
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
