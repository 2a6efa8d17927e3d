package dev.sluice.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Remembers when /metrics was asked for, so that the end of a process can wait for whoever scrapes
 * regularly: what the last runs came to would otherwise never be seen, and they would look killed.
 * Safe for use by many threads.
 */
final class Scrapes {
  /** Who comes more seldom than this is not waited for. */
  private static final long LONGEST_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final int REMEMBERED = 4;

  private final LongSupplier nanos;
  private final ArrayDeque<Long> begun = new ArrayDeque<>();
  private long answeredBegun = Long.MIN_VALUE;

  /**
   * @param nanos monotonic time
   */
  Scrapes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Somebody asks; returns what {@link #answered} wants to know. */
  synchronized long begin() {
    long now = nanos.getAsLong();
    begun.addLast(now);
    if (begun.size() > REMEMBERED) {
      begun.removeFirst();
    }
    return now;
  }

  /**
   * The longest time between two of the last scrapes; one who looks in between makes it no longer.
   */
  private long intervalNanos() {
    if (begun.size() < 2) {
      return Long.MAX_VALUE;
    }
    long longest = 0;
    long before = begun.getFirst();
    for (long each : begun) {
      longest = Math.max(longest, each - before);
      before = each;
    }
    return longest;
  }

  /** The answer to the scrape that began then has been written. */
  synchronized void answered(long scrapeBegun) {
    answeredBegun = Math.max(answeredBegun, scrapeBegun);
    notifyAll();
  }

  /**
   * Returns once somebody has scraped who began after this call, where that can be expected soon;
   * else at once, or when it takes too long.
   *
   * @param most longest wait
   */
  synchronized void awaitNext(Duration most) throws InterruptedException {
    long now = nanos.getAsLong();
    long interval = intervalNanos();
    boolean regular = interval <= LONGEST_INTERVAL_NANOS && now - begun.getLast() <= 3 * interval;
    long deadline = now + (regular ? Math.min(most.toNanos(), 3 * interval) : 0);
    while (answeredBegun < now && nanos.getAsLong() < deadline) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - nanos.getAsLong());
    }
  }
}
