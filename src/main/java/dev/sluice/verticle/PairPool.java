package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a run's batches, all allocated at the start. A pair stream takes one, the trainer
 * gives it back. Safe for any number of threads.
 */
final class PairPool implements AutoCloseable {
  private final int size;
  private final ArrayDeque<PairBatch> free;
  private boolean closed;

  PairPool(int size, Supplier<PairBatch> buffers) {
    this.size = size;
    free = new ArrayDeque<>(size);
    for (int i = 0; i < size; i++) {
      free.add(buffers.get());
    }
  }

  int size() {
    return size;
  }

  synchronized int free() {
    return free.size();
  }

  /** A buffer, or null when all are in use; never waits. */
  synchronized @Nullable PairBatch take() {
    // the last one given back is the one still warm in the caches
    return free.pollLast();
  }

  /** Gives a buffer back. */
  synchronized void release(PairBatch batch) {
    if (closed) {
      batch.close();
      return;
    }
    if (free.contains(batch)) {
      throw new IllegalStateException("buffer of step " + batch.step() + " was given back twice");
    }
    free.addLast(batch);
  }

  /** Frees every buffer; one still in use is freed when it is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!free.isEmpty()) {
      free.removeLast().close();
    }
  }
}
