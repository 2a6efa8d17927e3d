package dev.sluice.export;

import dev.sluice.history.DeliveryCursor;
import dev.sluice.history.RunLock;
import dev.sluice.history.RunLogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One run on its way to one receiver: what has been sent, and what comes next, read from the run's
 * history. One thread, but for {@link #end}.
 */
final class Delivery implements AutoCloseable {
  private static final long FIRST_HOLD_MILLIS = 10_000;
  private static final long LONGEST_HOLD_MILLIS = 300_000;

  private final String run;
  private final Path database;
  private final RemoteWriteTarget target;
  private RunLogReader reader;
  private DeliveryCursor cursor;
  private final RunLock lock;
  private final List<String> names;
  private final Samples samples;
  private final WriteRequest request;
  private volatile boolean ended;
  private boolean readAfterEnd;
  private boolean readFull;
  private boolean thinned;
  private long skippedTo = -1;
  private long skippedSamples;
  private long acceptedAtFirstSkip;
  private long heldUntilMillis;
  private long holdMillis;
  private BitSet suspects = new BitSet();
  private String trouble = "";
  private long lastMillis;

  private Delivery(
      String run,
      Path database,
      RemoteWriteTarget target,
      RunLogReader reader,
      DeliveryCursor cursor,
      int capacity,
      RunLock lock) {
    this.run = run;
    this.database = database;
    this.target = target;
    List<Column> columns = Column.of(reader.keys(), target.series(), run);
    this.reader = reader;
    this.cursor = cursor;
    this.lock = lock;
    names = columns.stream().map(column -> column.name() + column.labels()).toList();
    int[] slots = columns.stream().mapToInt(Column::slot).toArray();
    samples = new Samples(slots, capacity);
    request = new WriteRequest(columns);
  }

  /**
   * Continues a run's delivery, or begins it.
   *
   * @param database its history
   * @param capacity most steps of one batch
   * @param lock of the run, closed with the delivery
   */
  static Delivery open(
      String run, Path database, RemoteWriteTarget target, int capacity, RunLock lock)
      throws IOException {
    RunLogReader reader = RunLogReader.open(database);
    try {
      DeliveryCursor cursor = DeliveryCursor.open(database, target.name());
      return new Delivery(run, database, target, reader, cursor, capacity, lock);
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  String run() {
    return run;
  }

  /** The run makes no further step, and all it made are in its history. */
  void end() {
    ended = true;
  }

  /** Whether everything has been delivered, the end included. */
  boolean isFinished() {
    return cursor.isFinished();
  }

  /**
   * Reads what comes next.
   *
   * @param steps most steps to read, up to the capacity
   * @param nowMillis the clock
   * @return what to send; empty where nothing waits
   */
  Samples next(int steps, long nowMillis) {
    samples.clear();
    reopenWhenReplaced();
    readAfterEnd = ended;
    int[] read = new int[1];
    reader.scanFrom(
        Math.max(cursor.step(), skippedTo) + 1,
        steps,
        (step, time, row) -> {
          read[0]++;
          samples.add(step, time, row);
        });
    readFull = read[0] == steps;
    if (readFull && samples.size() > 1) {
      // the next row may share the last one's timestamp
      samples.dropLast();
    } else if (!readAfterEnd) {
      samples.dropOpen(lastMillis(), nowMillis);
    }
    return samples;
  }

  /** A history that was deleted is written anew under its name; this one would never grow again. */
  private void reopenWhenReplaced() {
    if (reader.isInPlace()) {
      return;
    }
    try {
      RunLogReader freshReader = RunLogReader.open(database);
      DeliveryCursor freshCursor;
      try {
        freshCursor = DeliveryCursor.open(database, target.name());
      } catch (IOException e) {
        freshReader.close();
        throw e;
      }
      reader.close();
      cursor.close();
      reader = freshReader;
      cursor = freshCursor;
      lastMillis = 0;
      forgetSkipped();
    } catch (IOException notYet) {
      throw new UncheckedIOException(notYet);
    }
  }

  /** Whether what was read last went up to the limit, so that more may wait. */
  boolean readFull() {
    return readFull;
  }

  WriteRequest request() {
    return request;
  }

  /**
   * The samples have been delivered, or given up; so have those that were skipped before them.
   *
   * @return how many samples were skipped, which are now given up
   */
  long delivered(Samples sent) {
    int last = sent.size() - 1;
    lastMillis = sent.timestampMillis(last);
    thinned |= sent.isThinned(0, sent.size());
    return sent.leftOutValues() + advance(sent.lastStep(last));
  }

  /**
   * Of these columns the receiver took nothing while it took others. Twice in a row, and a column
   * is given up until the next start, so that it does not hold up the others; once may come of
   * samples that arrived before and whose answer was lost.
   *
   * @return the columns that are given up from now on
   */
  BitSet suspect(BitSet columns) {
    BitSet given = (BitSet) columns.clone();
    given.and(suspects);
    given.stream().forEach(samples::leaveOut);
    suspects = columns;
    return given;
  }

  /** The receiver took a whole batch. */
  void clearSuspects() {
    suspects.clear();
  }

  /** What a column is called outside. */
  String name(int column) {
    return names.get(column);
  }

  private long advance(long step) {
    long givenUp = skippedSamples;
    holdMillis = 0;
    trouble = "";
    forgetSkipped();
    cursor.advance(step);
    return givenUp;
  }

  /**
   * The receiver took nothing of these samples. What follows tells whether it takes anything at
   * all; until then they are neither delivered nor given up.
   *
   * @param acceptedBefore how many bodies the receiver had accepted so far, of any run
   */
  void skip(Samples refused, int count, long acceptedBefore) {
    if (skippedSamples == 0) {
      acceptedAtFirstSkip = acceptedBefore;
    }
    skippedSamples += count;
    skippedTo = refused.lastStep(refused.size() - 1);
  }

  /** Whether something was skipped, so that the receiver is to be doubted. */
  boolean isDoubtful() {
    return skippedSamples > 0;
  }

  /**
   * All there is was skipped. Gives it up where the receiver took steps of other runs meanwhile;
   * otherwise it refuses everything, and all is tried again later.
   *
   * @return how many samples were given up
   */
  long decideSkipped(long acceptedNow) {
    if (acceptedNow > acceptedAtFirstSkip) {
      lastMillis = 0;
      return advance(skippedTo);
    }
    forgetSkipped();
    return 0;
  }

  private void forgetSkipped() {
    skippedSamples = 0;
    skippedTo = -1;
  }

  /** What says that the run's series end; nothing while it may still make steps. */
  Optional<WriteRequest.Body> ending() {
    if (!readAfterEnd || samples.size() > 0) {
      return Optional.empty();
    }
    return Optional.of(request.ends(lastMillis() + 1, thinned));
  }

  /** When the last delivered step ended, or 0 before there was one. */
  private long lastMillis() {
    if (lastMillis == 0 && cursor.step() >= 0) {
      reader.scan(cursor.step(), cursor.step(), (step, time, row) -> lastMillis = time);
    }
    return lastMillis;
  }

  /** Whether the run has ended without a step, so that there are no series to end. */
  boolean isEmpty() {
    return readAfterEnd && cursor.step() < 0 && samples.size() == 0;
  }

  /** The receiver knows that the series have ended. */
  void finish() {
    cursor.finish();
  }

  /** Leaves the run alone until then. */
  void holdUntil(long millis) {
    heldUntilMillis = millis;
  }

  /** Leaves the run alone for ten seconds, and twice as long each time until something is taken. */
  void holdLonger(long nowMillis) {
    holdMillis = Math.min(LONGEST_HOLD_MILLIS, Math.max(FIRST_HOLD_MILLIS, 2 * holdMillis));
    heldUntilMillis = nowMillis + holdMillis;
  }

  /** Takes note of what keeps the run from being sent; true when that is news. */
  boolean isNews(String why) {
    boolean news = !why.equals(trouble);
    trouble = why;
    return news;
  }

  boolean isHeld(long nowMillis) {
    return nowMillis < heldUntilMillis;
  }

  /** Steps that are in the history and have not been delivered. */
  long lagSteps() {
    return Math.max(0, reader.lastStep() - cursor.step());
  }

  /** When the oldest of them ended, or -1 when there is none. */
  long oldestMillis() {
    return reader.timeAfter(cursor.step());
  }

  @Override
  public void close() {
    try {
      reader.close();
    } finally {
      try {
        cursor.close();
      } finally {
        lock.close();
      }
    }
  }
}
