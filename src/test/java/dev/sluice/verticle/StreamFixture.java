package dev.sluice.verticle;

import static org.awaitility.Awaitility.await;

import dev.sluice.event.Addresses;
import dev.sluice.event.Control;
import dev.sluice.train.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A Vert.x with a supervisor and a listener. */
final class StreamFixture implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 20;

  final Vertx vertx = Vertx.vertx();
  final Listener listener = new Listener();
  final AtomicLong wallMillis = new AtomicLong(1_000_000);
  final RunSupervisor supervisor;

  StreamFixture() {
    this(System::nanoTime);
  }

  StreamFixture(Ticker ticker) {
    supervisor = new RunSupervisor(vertx, wallMillis::get, ticker);
    get(vertx.deployVerticle(listener));
  }

  RunHandle start(RunRequest request) {
    return get(supervisor.start(request));
  }

  RunOutcome run(RunRequest request) {
    return get(start(request).done());
  }

  Future<Long> control(String run, Control control) {
    return vertx
        .eventBus()
        .<Long>request(Addresses.control(run), control, BusCodecs.LOCAL)
        .map(Message::body);
  }

  static <T> T get(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(DEADLINE_SECONDS)).until(condition);
  }

  @Override
  public void close() {
    get(supervisor.close());
    get(vertx.close());
  }
}
