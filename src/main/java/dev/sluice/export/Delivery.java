package dev.sluice.export;

import dev.sluice.history.DeliveryCursor;
import dev.sluice.history.RunLock;
import dev.sluice.history.RunLogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One run on its way to one receiver: what has been sent, and what comes next, read from the run's
 * history. One thread, but for {@link #end}.
 */
final class Delivery implements AutoCloseable {
  private final String run;
  private final RunLogReader reader;
  private final DeliveryCursor cursor;
  private final RunLock lock;
  private final Samples samples;
  private final Samples newest;
  private final WriteRequest request;
  private volatile boolean ended;
  private boolean readAfterEnd;
  private boolean readFull;
  private boolean refusedWhole;
  private long heldUntilMillis;
  private long lastMillis;

  private Delivery(
      String run,
      RunLogReader reader,
      DeliveryCursor cursor,
      List<Column> columns,
      int capacity,
      RunLock lock) {
    this.run = run;
    this.reader = reader;
    this.cursor = cursor;
    this.lock = lock;
    int[] slots = columns.stream().mapToInt(Column::slot).toArray();
    samples = new Samples(slots, capacity);
    newest = new Samples(slots, 1);
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
      List<Column> columns = Column.of(reader.keys(), target.series(), run);
      return new Delivery(run, reader, cursor, columns, capacity, lock);
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
    readAfterEnd = ended;
    int[] read = new int[1];
    reader.scanFrom(
        cursor.step() + 1,
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

  /** Whether what was read last went up to the limit, so that more may wait. */
  boolean readFull() {
    return readFull;
  }

  /** The newest committed step, when it lies behind what was read last. */
  Optional<WriteRequest.Body> newestBeyond(Samples sent) {
    long last = reader.lastStep();
    if (sent.size() > 0 && last <= sent.lastStep(sent.size() - 1)) {
      return Optional.empty();
    }
    newest.clear();
    reader.scan(last, last, newest::add);
    return Optional.of(request.of(newest, WriteRequest.Part.all(newest)));
  }

  WriteRequest request() {
    return request;
  }

  /** The samples up to one have been delivered, or given up. */
  void delivered(Samples sent, int toSample) {
    lastMillis = sent.timestampMillis(toSample - 1);
    cursor.advance(sent.lastStep(toSample - 1));
  }

  /** What says that the run's series end; nothing while it may still make steps. */
  Optional<WriteRequest.Body> ending() {
    if (!readAfterEnd || samples.size() > 0) {
      return Optional.empty();
    }
    return Optional.of(request.ends(lastMillis() + 1));
  }

  /** When the last delivered step ended, or 0 before there was one. */
  private long lastMillis() {
    if (lastMillis == 0 && cursor.step() >= 0) {
      reader.scan(cursor.step(), cursor.step(), (step, time, row) -> lastMillis = time);
    }
    return lastMillis;
  }

  /** The receiver knows that the series have ended. */
  void finish() {
    cursor.finish();
  }

  /** Whether the batch at hand was refused in every part, so that the receiver is to be doubted. */
  boolean wasRefusedWhole() {
    return refusedWhole;
  }

  /** The batch at hand was refused in every part; it rests until then. */
  void refusedWhole(long untilMillis) {
    refusedWhole = true;
    heldUntilMillis = untilMillis;
  }

  /** The receiver takes this run's steps, or some of them. */
  void taken() {
    refusedWhole = false;
    heldUntilMillis = 0;
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
    reader.close();
    cursor.close();
    lock.close();
  }
}
