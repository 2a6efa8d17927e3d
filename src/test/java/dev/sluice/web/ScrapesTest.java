package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ScrapesTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final AtomicLong now = new AtomicLong(1);
  private final Scrapes scrapes = new Scrapes(now::get);

  private void scrapeEvery(Duration interval, int times) {
    for (int scrape = 0; scrape < times; scrape++) {
      scrapes.answered(scrapes.begin());
      now.addAndGet(interval.toNanos());
    }
  }

  private CompletableFuture<Void> waiting() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            scrapes.awaitNext(LONG);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void nobodyIsWaitedFor_whoDoesNotComeRegularly() throws Exception {
    waiting().get(20, TimeUnit.SECONDS);
    scrapeEvery(Duration.ofSeconds(1), 1);
    waiting().get(20, TimeUnit.SECONDS);
    scrapeEvery(Duration.ofSeconds(60), 3);
    waiting().get(20, TimeUnit.SECONDS);
    scrapeEvery(Duration.ofSeconds(1), 5);
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    waiting().get(20, TimeUnit.SECONDS);
    assertThat(waiting()).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void whoComesRegularly_isWaitedFor_andAScrapeThatBeganBeforeIsNotEnough() throws Exception {
    scrapeEvery(Duration.ofSeconds(1), 3);
    long before = scrapes.begin();
    now.incrementAndGet();
    CompletableFuture<Void> waiting = waiting();
    await().during(Duration.ofMillis(200)).until(() -> !waiting.isDone());
    scrapes.answered(before);
    await().during(Duration.ofMillis(200)).until(() -> !waiting.isDone());
    now.incrementAndGet();
    scrapes.answered(scrapes.begin());
    waiting.get(20, TimeUnit.SECONDS);
    assertThat(waiting).isCompleted();
  }
}
