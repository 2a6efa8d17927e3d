package dev.sluice.history;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.StepReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step log of one run, written by a thread of its own in batches: every step with every slot,
 * and every event. Any thread may call it; who appends from several threads orders them himself.
 *
 * <p>No row is lost while the process lives. What cannot be written is kept and tried again, with
 * growing patience; meanwhile the queue fills, and {@link #append} waits once it is full. A trainer
 * that stays less than {@code capacity} steps ahead of {@link #committedStep} never waits there.
 */
public final class RunLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
  private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_MILLIS = 2_000;
  private static final long PATIENCE_AT_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final Path file;
  private final ReportLayout layout;
  private final Pending pending;
  private final Thread writer;
  private LogDatabase database;

  private volatile LongConsumer onCommitted = step -> {};
  private volatile Consumer<String> onError = error -> {};
  private volatile long committedStep;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong repeatedRows = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private volatile String lastError = "";
  private final AtomicLong lost = new AtomicLong();

  private RunLog(Path file, ReportLayout layout, int capacity, LogDatabase database)
      throws SQLException {
    this.file = file;
    this.layout = layout;
    this.database = database;
    pending = new Pending(capacity);
    committedStep = database.lastStep();
    writer = new Thread(this::write, "sluice-history-" + file.toAbsolutePath().getParent());
    writer.setDaemon(true);
  }

  /**
   * Opens a run's log, or begins it.
   *
   * @param file of the database; its folder exists
   * @param layout of the run's reports; that of an existing log has to be the same
   * @param capacity how many reports and events may wait to be written
   * @throws IOException with one line that names the file, when it cannot be written
   */
  public static RunLog open(Path file, ReportLayout layout, int capacity) throws IOException {
    LogDatabase database = null;
    try {
      database = LogDatabase.open(file, layout);
      RunLog log = new RunLog(file, layout, capacity, database);
      log.writer.start();
      return log;
    } catch (SQLException | IOException e) {
      if (database != null) {
        closeQuietly(database);
      }
      throw new IOException("cannot write the history " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Who is told the last committed step after every commit that brought one, on the writer's
   * thread. Said before the first append.
   */
  public void onCommitted(LongConsumer listener) {
    onCommitted = listener;
  }

  /** Who is told about every write that failed, on the writer's thread. */
  public void onError(Consumer<String> listener) {
    onError = listener;
  }

  /**
   * Takes a step's report. Returns at once, unless the queue is full: then it waits for the disk,
   * and the wait is counted.
   */
  public void append(StepReport report) {
    if (report.layout() != layout) {
      throw new IllegalArgumentException(
          "report of run " + report.run() + " has another layout than the history " + file);
    }
    pending.put(new Entry.Step(report), false);
  }

  /** Takes an event, in its order among the reports. Returns as {@link #append(StepReport)}. */
  public void append(RunEvent event) {
    pending.put(new Entry.Happening(event, null), false);
  }

  /**
   * Takes an event and returns when it is on disk, with all that was appended before it. While the
   * disk refuses, it waits, but not for ever: the caller must be able to go on without it.
   *
   * @throws UncheckedIOException when the log was closed before the event could be written, or the
   *     disk refused for too long; it may then still be written later
   */
  public void appendNow(RunEvent event) {
    CompletableFuture<Void> committed = new CompletableFuture<>();
    pending.put(new Entry.Happening(event, committed), true);
    try {
      committed.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new UncheckedIOException(
            new IOException("the disk refused for " + PATIENCE_MILLIS + " ms: " + lastError()));
      }
      throw e.getCause() instanceof UncheckedIOException cause ? cause : e;
    }
  }

  /** The last step that is on disk, or -1. */
  public long committedStep() {
    return committedStep;
  }

  /** Steps that this log has committed since it was opened. */
  public long rows() {
    return rows.get();
  }

  /** Steps that were on disk already when they were appended; the row on disk was kept. */
  public long repeatedRows() {
    return repeatedRows.get();
  }

  /** Writes that failed and were tried again. */
  public long errors() {
    return errors.get();
  }

  /** What the last failed write said, or nothing. */
  public String lastError() {
    return lastError;
  }

  /** Nanoseconds for which {@link #append} has waited for the disk so far. */
  public long waitedNanos() {
    return pending.waitedNanos();
  }

  public int queueSize() {
    return pending.size();
  }

  public int queueCapacity() {
    return pending.capacity();
  }

  private void write() {
    List<Entry> batch = new ArrayList<>();
    try {
      while (pending.take(batch)) {
        commitAtLast(batch);
        batch.clear();
      }
    } catch (InterruptedException | RuntimeException e) {
      // no matter of the disk: who appends must hear of it rather than wait for ever
      LOG.error("history {}: its writer failed", file, e);
      lastError = String.valueOf(e);
      pending.close();
      giveUp(batch);
      List<Entry> rest = new ArrayList<>();
      pending.drain(rest);
      giveUp(rest);
    } finally {
      closeQuietly(database);
    }
  }

  /** Commits a batch, however often it takes; gives it up only when the log is being closed. */
  private void commitAtLast(List<Entry> batch) throws InterruptedException {
    long backoff = FIRST_BACKOFF_NANOS;
    while (!tryCommit(batch)) {
      if (!pending.isClosed()) {
        pending.pause(backoff);
        backoff = Math.min(2 * backoff, LONGEST_BACKOFF_NANOS);
      } else if (System.nanoTime() - pending.closedAtNanos() < PATIENCE_AT_CLOSE_NANOS) {
        TimeUnit.NANOSECONDS.sleep(FIRST_BACKOFF_NANOS);
      } else {
        giveUp(batch);
        return;
      }
    }
  }

  private boolean tryCommit(List<Entry> batch) {
    try {
      if (!database.isInPlace()) {
        putBack();
        failed("the file was taken away and is written anew");
      }
      int fresh = database.commit(batch);
      announce(batch, fresh);
      return true;
    } catch (SQLException | IOException e) {
      failed(String.valueOf(e.getMessage()));
      reopen();
      return false;
    }
  }

  private void putBack() throws SQLException, IOException {
    database.restore();
    LogDatabase old = database;
    database = LogDatabase.open(file, layout);
    closeQuietly(old);
  }

  /** A fresh connection, where the file is still there to be opened. */
  private void reopen() {
    if (!database.isInPlace()) {
      return;
    }
    try {
      LogDatabase fresh = LogDatabase.open(file, layout);
      closeQuietly(database);
      database = fresh;
    } catch (SQLException | IOException e) {
      LOG.debug("history {}: cannot be opened again yet", file, e);
    }
  }

  private void failed(String what) {
    errors.incrementAndGet();
    lastError = what;
    LOG.warn("history {}: {}; tried again, steps wait in memory", file, what);
    tell(() -> onError.accept(what));
  }

  private void announce(List<Entry> batch, int fresh) {
    int steps = 0;
    long last = committedStep;
    for (Entry entry : batch) {
      if (entry instanceof Entry.Step step) {
        steps++;
        last = Math.max(last, step.report().step());
      }
    }
    rows.addAndGet(fresh);
    repeatedRows.addAndGet(steps - fresh);
    committedStep = last;
    if (steps > 0) {
      long told = last;
      tell(() -> onCommitted.accept(told));
    }
    for (Entry entry : batch) {
      if (entry instanceof Entry.Happening happening && happening.committed() != null) {
        happening.committed().complete(null);
      }
    }
  }

  /** A listener that fails must not take the history along. */
  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.error("history {}: a listener failed", file, e);
    }
  }

  private void giveUp(List<Entry> batch) {
    lost.addAndGet(batch.size());
    UncheckedIOException reason =
        new UncheckedIOException(new IOException("history " + file + ": " + lastError));
    for (Entry entry : batch) {
      if (entry instanceof Entry.Happening happening && happening.committed() != null) {
        happening.committed().completeExceptionally(reason);
      }
    }
  }

  private static void closeQuietly(LogDatabase database) {
    try {
      database.close();
    } catch (SQLException e) {
      LOG.debug("closing a history", e);
    }
  }

  /**
   * Writes what waits and closes the file. While the disk refuses it tries for a second and a half.
   *
   * @throws UncheckedIOException that says how many rows could not be written
   */
  @Override
  public void close() {
    pending.close();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    long rowsLost = lost.getAndSet(0);
    if (rowsLost > 0) {
      throw new UncheckedIOException(
          new IOException(
              "history " + file + ": " + rowsLost + " rows could not be written: " + lastError));
    }
  }
}
