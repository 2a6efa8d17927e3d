package dev.sluice.export;

import dev.sluice.export.Receiver.Answer;
import dev.sluice.export.Receiver.Verdict;
import dev.sluice.export.WriteRequest.Body;
import dev.sluice.export.WriteRequest.Part;
import dev.sluice.metrics.DeliveryMetrics;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a delivery has, and decides what becomes of what the receiver refuses.
 *
 * <p>A refusal (400) may mean one sample that some receiver cannot take: out of order, out of
 * bounds, sent before. Then the batch is split until only that sample is left, which is given up
 * and counted. It may also mean a receiver, or something in front of it, that refuses everything.
 * Then nothing is given up. The two are told apart by whether the receiver takes anything at all:
 * another part of the batch, or the newest step there is.
 *
 * <p>One thread.
 */
final class Outbox {
  /** Most steps of a batch. */
  static final int BATCH_STEPS = 500;

  /** Most steps of a batch that is searched for what the receiver refuses. */
  private static final int SEARCHED_STEPS = 64;

  private static final long HOLD_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Receiver receiver;
  private final DeliveryMetrics metrics;
  private final Backoff backoff;
  private final LongSupplier wallMillis;
  private String lastRefusal = "";

  Outbox(Receiver receiver, DeliveryMetrics metrics, Backoff backoff, LongSupplier wallMillis) {
    this.receiver = receiver;
    this.metrics = metrics;
    this.backoff = backoff;
    this.wallMillis = wallMillis;
  }

  /** What came of an attempt. */
  enum Outcome {
    /** Sent, and more waits. */
    MORE,
    /** Sent all there is, or there is nothing. */
    DONE,
    /** Not sent: this run's steps are refused, and wait. */
    REFUSED,
    /** Not sent: the receiver is in trouble, and the backoff says how long to wait. */
    HELD
  }

  /** Sends a delivery's next batch, or that it has ended. */
  Outcome send(Delivery delivery) throws InterruptedException {
    long now = wallMillis.getAsLong();
    if (delivery.isHeld(now)) {
      return Outcome.REFUSED;
    }
    Samples batch = delivery.next(BATCH_STEPS, now);
    if (batch.size() == 0) {
      return sendEnd(delivery);
    }
    boolean more = delivery.readFull();
    Verdict verdict = attempt(delivery.request().of(batch, Part.all(batch)));
    if (verdict == Verdict.REFUSED) {
      more = true;
      batch = delivery.next(SEARCHED_STEPS, now);
      if (!sendParts(delivery, batch)) {
        return Outcome.REFUSED;
      }
    }
    if (verdict == Verdict.LATER) {
      return Outcome.HELD;
    }
    delivery.delivered(batch, batch.size());
    delivery.taken();
    return more ? Outcome.MORE : Outcome.DONE;
  }

  private Outcome sendEnd(Delivery delivery) {
    Optional<Body> ending = delivery.ending();
    if (ending.isEmpty()) {
      return Outcome.DONE;
    }
    // a receiver that does not want to know will not hear it
    if (attempt(ending.get()) == Verdict.LATER) {
      return Outcome.HELD;
    }
    delivery.finish();
    return Outcome.DONE;
  }

  /** Sends what the receiver takes of a batch; false when it takes nothing at all. */
  private boolean sendParts(Delivery delivery, Samples batch) throws InterruptedException {
    boolean trusted = delivery.wasRefusedWhole() && takesNewest(delivery, batch);
    if (delivery.wasRefusedWhole() && !trusted) {
      hold(delivery);
      return false;
    }
    Search search = new Search(delivery.request(), batch);
    search.visit(Part.all(batch));
    if (search.accepted == 0 && !trusted && !takesNewest(delivery, batch)) {
      LOG.warn(
          "remote write of run {}: the receiver refuses everything, \"{}\"; steps wait in the"
              + " history",
          delivery.run(),
          lastRefusal);
      hold(delivery);
      return false;
    }
    LOG.warn(
        "remote write of run {}: the receiver refuses {} samples for good, \"{}\"",
        delivery.run(),
        search.refused,
        lastRefusal);
    metrics.refused(search.refused);
    return true;
  }

  private void hold(Delivery delivery) {
    delivery.refusedWhole(wallMillis.getAsLong() + HOLD_MILLIS);
  }

  private boolean takesNewest(Delivery delivery, Samples batch) {
    Optional<Body> newest = delivery.newestBeyond(batch);
    return newest.isPresent() && attempt(newest.get()) == Verdict.ACCEPTED;
  }

  /** Sends a body once. */
  private Verdict attempt(Body body) {
    if (body.samples() == 0) {
      return Verdict.ACCEPTED;
    }
    Answer answer = receiver.send(body.bytes());
    switch (answer.verdict()) {
      case ACCEPTED -> {
        metrics.sent(body.samples());
        backoff.succeeded();
      }
      case REFUSED -> {
        metrics.failed(answer.code());
        lastRefusal = answer.says();
      }
      case LATER -> {
        metrics.failed(answer.code());
        backoff.failed(answer);
      }
    }
    return answer.verdict();
  }

  /** Finds what is refused: by series first, since one bad series would spoil every step. */
  private final class Search {
    private final WriteRequest request;
    private final Samples batch;
    private long accepted;
    private long refused;

    Search(WriteRequest request, Samples batch) {
      this.request = request;
      this.batch = batch;
    }

    void visit(Part part) throws InterruptedException {
      Body body = request.of(batch, part);
      Verdict verdict = attempt(body);
      while (verdict == Verdict.LATER) {
        // what was accepted must not be sent again, so the search is not begun anew
        backoff.pause();
        verdict = attempt(body);
      }
      if (verdict == Verdict.ACCEPTED) {
        accepted += body.samples();
      } else if (part.columns() > 1) {
        int middle = (part.fromColumn() + part.toColumn()) / 2;
        visit(new Part(part.fromColumn(), middle, part.fromSample(), part.toSample()));
        visit(new Part(middle, part.toColumn(), part.fromSample(), part.toSample()));
      } else if (part.samples() > 1) {
        int middle = (part.fromSample() + part.toSample()) / 2;
        visit(new Part(part.fromColumn(), part.toColumn(), part.fromSample(), middle));
        visit(new Part(part.fromColumn(), part.toColumn(), middle, part.toSample()));
      } else {
        refused += body.samples();
      }
    }
  }
}
