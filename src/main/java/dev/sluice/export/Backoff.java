package dev.sluice.export;

import dev.sluice.export.Receiver.Answer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long to leave a receiver alone that does not take what it is sent: longer with every failure,
 * up to five seconds, or as long as it asks for. Says once when trouble begins and once when it is
 * over. One thread fails and pauses; any may close.
 */
final class Backoff {
  private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Object target;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean closed;
  private Duration next = Duration.ZERO;
  private Duration rest = Duration.ZERO;
  private String code = "";

  /**
   * @param target for people
   */
  Backoff(Object target) {
    this.target = target;
  }

  void failed(Answer answer) {
    next = next.isZero() ? FIRST : shorter(next.multipliedBy(2), LONGEST);
    rest = answer.rest().compareTo(next) > 0 ? answer.rest() : next;
    if (!answer.code().equals(code) && !isClosed()) {
      code = answer.code();
      LOG.warn("remote write to {}: {}; steps wait in the history", target, answer.says());
    }
  }

  void succeeded() {
    next = Duration.ZERO;
    rest = Duration.ZERO;
    if (!code.isEmpty()) {
      code = "";
      LOG.warn("remote write to {}: it takes steps again", target);
    }
  }

  /** Whether the last attempt failed. */
  boolean isFailing() {
    return !rest.isZero();
  }

  /** How long the receiver is to be left alone. */
  Duration rest() {
    return rest;
  }

  /**
   * Leaves it alone for so long.
   *
   * @throws InterruptedException when closed before that
   */
  void pause() throws InterruptedException {
    if (!sleep(rest)) {
      throw new InterruptedException("closing");
    }
  }

  /** Sleeps; false when closed before or meanwhile. */
  boolean sleep(Duration duration) throws InterruptedException {
    lock.lock();
    try {
      long left = duration.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends every pause, now and later. */
  void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
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

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
