package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.event.Addresses;
import dev.sluice.train.Ticker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for batches: takes a buffer, fills it, sends it. A batch is a pure function of
 * (seed, step, views), so any number of instances may answer in any order. Filling computes, so
 * each instance runs on a thread of the run's own worker pool, never on an event loop.
 *
 * <p>The answer is a message of its own, not a reply: the bus keeps a timer for each reply, and
 * setting and cancelling it wakes an event loop twice a step.
 */
final class PairStreamVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PairStreamVerticle.class);

  private final String run;
  private final PairSource.Factory sources;
  private final PairPool pool;
  private final ProducerIdle idle;
  private final Ticker ticker;

  private long idleSince;
  private long pausedBefore;

  PairStreamVerticle(
      String run, PairSource.Factory sources, PairPool pool, ProducerIdle idle, Ticker ticker) {
    this.run = run;
    this.sources = sources;
    this.pool = pool;
    this.idle = idle;
    this.ticker = ticker;
  }

  @Override
  public Future<?> start() {
    PairSource source = sources.create();
    idleSince = ticker.nanos();
    return vertx
        .eventBus()
        .<PairRequest>localConsumer(
            Addresses.pairs(run), message -> send(fill(source, message.body())))
        .completion();
  }

  /** The batch that was asked for, or why there is none. */
  private Object fill(PairSource source, PairRequest request) {
    long began = ticker.nanos();
    countIdle(began);
    PairBatch batch = pool.take();
    if (batch == null) {
      return new PairFailure(request.step(), "all " + pool.size() + " buffers are in use");
    }
    try {
      source.fill(request.step(), request.views(), batch);
    } catch (RuntimeException | Error failure) {
      pool.release(batch);
      LOG.error("run {}: filling step {} failed", run, request.step(), failure);
      return new PairFailure(request.step(), Refusal.reason(failure));
    }
    idleSince = ticker.nanos();
    batch.tookNanos(idleSince - began);
    return batch;
  }

  private void send(Object answer) {
    vertx.eventBus().send(Addresses.batches(run), answer, BusCodecs.LOCAL);
  }

  private void countIdle(long now) {
    long paused = idle.pausedNanos();
    idle.add(now - idleSince - (paused - pausedBefore));
    pausedBefore = paused;
  }
}
