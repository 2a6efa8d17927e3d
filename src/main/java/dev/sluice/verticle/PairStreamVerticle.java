package dev.sluice.verticle;

import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.event.Addresses;
import dev.sluice.train.Ticker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for batches: takes a buffer, fills it, replies with it. A batch is a pure
 * function of (seed, step, views), so any number of instances may answer in any order. Filling
 * computes, so each instance runs on a thread of the run's own worker pool, never on an event loop.
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
    PairSource mine = sources.create();
    idleSince = ticker.nanos();
    return vertx
        .eventBus()
        .<PairRequest>localConsumer(Addresses.pairs(run), request -> answer(mine, request))
        .completion();
  }

  private void answer(PairSource mine, Message<PairRequest> request) {
    long began = ticker.nanos();
    countIdle(began);
    PairBatch batch = pool.take();
    if (batch == null) {
      request.fail(Refusal.FAILED, "all " + pool.size() + " buffers are in use");
      return;
    }
    try {
      mine.fill(request.body().step(), request.body().views(), batch);
    } catch (RuntimeException | Error failure) {
      pool.release(batch);
      LOG.error("run {}: filling step {} failed", run, request.body().step(), failure);
      request.fail(Refusal.FAILED, Refusal.reason(failure));
      return;
    }
    idleSince = ticker.nanos();
    batch.tookNanos(idleSince - began);
    request.reply(batch, BusCodecs.LOCAL);
  }

  private void countIdle(long now) {
    long paused = idle.pausedNanos();
    idle.add(now - idleSince - (paused - pausedBefore));
    pausedBefore = paused;
  }
}
