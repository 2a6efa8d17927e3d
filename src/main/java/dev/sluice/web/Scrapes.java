package dev.sluice.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Remembers when /metrics was asked for, so that the end of a process can wait for whoever scrapes
 * regularly: what the last runs came to would otherwise never be seen, and they would look killed.
 * Safe for use by many threads.
 */
final class Scrapes {
  /** Who comes more seldom than this is not waited for. */
  private static final long LONGEST_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final LongSupplier nanos;
  private long begun;
  private long intervalNanos = Long.MAX_VALUE;
  private boolean any;
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
    if (any) {
      intervalNanos = now - begun;
    }
    any = true;
    begun = now;
    return now;
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
    boolean regular = intervalNanos <= LONGEST_INTERVAL_NANOS && now - begun <= 3 * intervalNanos;
    long deadline = now + (regular ? Math.min(most.toNanos(), 3 * intervalNanos) : 0);
    while (answeredBegun < now && nanos.getAsLong() < deadline) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - nanos.getAsLong());
    }
  }
}
