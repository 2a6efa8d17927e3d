package dev.sluice.history;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue between those who append and the one thread that writes. Any thread may put,
 * one takes.
 *
 * <p>A put wakes the writer only when a batch is full or somebody waits for the disk; otherwise the
 * writer looks by itself, so that a put costs no system call.
 */
final class Pending {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final int capacity;
  private final int batch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition due = lock.newCondition();
  private final Condition space = lock.newCondition();
  private final ArrayDeque<Entry> entries;
  private boolean urgent;
  private boolean closed;
  private long closedAtNanos;
  private long waitedNanos;

  Pending(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a queue holds at least one entry: " + capacity);
    }
    this.capacity = capacity;
    // several batches to a queue, so that it is written out long before it is full
    batch = Math.max(1, Math.min(256, capacity / 4));
    entries = new ArrayDeque<>(capacity);
  }

  /** Adds an entry, waiting for space where there is none. */
  void put(Entry entry, boolean now) {
    lock.lock();
    try {
      if (entries.size() >= capacity) {
        waitForSpace();
      }
      if (closed) {
        throw new IllegalStateException("the history is closed");
      }
      entries.add(entry);
      urgent |= now;
      if (urgent || entries.size() >= batch) {
        due.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void waitForSpace() {
    long start = System.nanoTime();
    urgent = true;
    due.signal();
    while (entries.size() >= capacity && !closed) {
      space.awaitUninterruptibly();
    }
    waitedNanos += System.nanoTime() - start;
  }

  /**
   * Moves everything that waits into {@code taken}, once a batch is full, somebody waits for the
   * disk or 250 ms have passed.
   *
   * @return false when nothing will come any more
   */
  boolean take(List<Entry> taken) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !urgent && entries.size() < batch) {
        if (due.awaitNanos(LOOK_NANOS) <= 0 && !entries.isEmpty()) {
          break;
        }
      }
      taken.addAll(entries);
      entries.clear();
      urgent = false;
      space.signalAll();
      return !(closed && taken.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  /** Waits, but not once closed. */
  void pause(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!closed && left > 0) {
        left = due.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is taken in any more; what is here may still be taken out. */
  void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        closedAtNanos = System.nanoTime();
      }
      due.signalAll();
      space.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** When it was closed, on the clock of {@link System#nanoTime}. */
  long closedAtNanos() {
    lock.lock();
    try {
      return closedAtNanos;
    } finally {
      lock.unlock();
    }
  }

  /** Moves everything that waits into {@code taken}, at once. */
  void drain(List<Entry> taken) {
    lock.lock();
    try {
      taken.addAll(entries);
      entries.clear();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  int capacity() {
    return capacity;
  }

  long waitedNanos() {
    lock.lock();
    try {
      return waitedNanos;
    } finally {
      lock.unlock();
    }
  }
}
