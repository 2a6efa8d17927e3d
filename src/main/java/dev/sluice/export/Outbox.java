package dev.sluice.export;

import dev.sluice.export.Receiver.Answer;
import dev.sluice.export.Receiver.Verdict;
import dev.sluice.export.WriteRequest.Body;
import dev.sluice.export.WriteRequest.Part;
import dev.sluice.metrics.DeliveryMetrics;
import java.util.BitSet;
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
 * of the same batch, of what comes after it, or of another run. What comes after it is tried in its
 * order, because a newer sample would keep many receivers from ever taking an older one.
 *
 * <p>One thread.
 */
final class Outbox {
  /** Most steps of a batch. */
  static final int BATCH_STEPS = 500;

  /** Most steps of a batch that is searched for what the receiver refuses. */
  private static final int SEARCHED_STEPS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Receiver receiver;
  private final DeliveryMetrics metrics;
  private final Backoff backoff;
  private final LongSupplier wallMillis;
  private String lastRefusal = "";

  /** Bodies that the receiver has accepted, of any run. */
  private long accepted;

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
      return delivery.isDoubtful() ? decide(delivery, now) : sendEnd(delivery);
    }
    boolean more = delivery.readFull();
    Verdict verdict = attempt(delivery.request().of(batch, Part.all(batch)));
    if (verdict == Verdict.REFUSED) {
      return sendParts(delivery, delivery.next(SEARCHED_STEPS, now));
    }
    if (verdict == Verdict.LATER) {
      return Outcome.HELD;
    }
    delivery.clearSuspects();
    metrics.refused(delivery.delivered(batch));
    return more ? Outcome.MORE : Outcome.DONE;
  }

  private Outcome sendEnd(Delivery delivery) {
    if (delivery.isEmpty()) {
      delivery.finish();
      return Outcome.DONE;
    }
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

  /** Sends what the receiver takes of a batch, the rest being given up or, for now, skipped. */
  private Outcome sendParts(Delivery delivery, Samples batch) throws InterruptedException {
    if (batch.size() == 0) {
      return Outcome.DONE;
    }
    Body whole = delivery.request().of(batch, Part.all(batch));
    Verdict verdict = attempt(whole);
    if (verdict == Verdict.LATER) {
      return Outcome.HELD;
    }
    Search search = new Search(delivery.request(), batch);
    if (verdict == Verdict.REFUSED && !delivery.isDoubtful() && whole.samples() > 1) {
      search.split(Part.all(batch));
    }
    if (verdict == Verdict.REFUSED && search.accepted == 0) {
      delivery.skip(batch, whole.samples(), accepted);
      return Outcome.MORE;
    }
    long refused = search.refused + delivery.delivered(batch);
    metrics.refused(refused);
    tellRefused(delivery, refused);
    search.leaveOutWhatIsNeverTaken(delivery);
    return Outcome.MORE;
  }

  /** Of a run of which the receiver took nothing, to its end. */
  private Outcome decide(Delivery delivery, long now) {
    long givenUp = delivery.decideSkipped(accepted);
    metrics.refused(givenUp);
    tellRefused(delivery, givenUp);
    if (givenUp > 0) {
      return Outcome.MORE;
    }
    delivery.holdLonger(now);
    if (delivery.isNews("refused")) {
      LOG.warn(
          "remote write of run {}: the receiver refuses everything, \"{}\"; steps wait in the"
              + " history",
          delivery.run(),
          lastRefusal);
    }
    return Outcome.REFUSED;
  }

  private void tellRefused(Delivery delivery, long samples) {
    if (samples > 0) {
      LOG.warn(
          "remote write of run {}: the receiver refuses {} samples for good, \"{}\"",
          delivery.run(),
          samples,
          lastRefusal);
    }
  }

  /** Sends a body once. */
  private Verdict attempt(Body body) {
    if (body.samples() == 0) {
      return Verdict.ACCEPTED;
    }
    Answer answer = receiver.send(body.bytes());
    switch (answer.verdict()) {
      case ACCEPTED -> {
        accepted++;
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
    private final int[] refusedByColumn;
    private long accepted;
    private long refused;

    Search(WriteRequest request, Samples batch) {
      this.request = request;
      this.batch = batch;
      refusedByColumn = new int[batch.columns()];
    }

    /** A series of which nothing is ever taken would have to be searched in every batch. */
    void leaveOutWhatIsNeverTaken(Delivery delivery) {
      BitSet untaken = new BitSet();
      for (int column = 0; column < refusedByColumn.length; column++) {
        untaken.set(
            column,
            refusedByColumn[column] > 0 && refusedByColumn[column] == batch.measured(column));
      }
      delivery.suspect(untaken).stream()
          .forEach(
              column ->
                  LOG.warn(
                      "remote write of run {}: the receiver takes nothing of {}, which is left out"
                          + " until the next start",
                      delivery.run(),
                      delivery.name(column)));
    }

    void visit(Part part) throws InterruptedException {
      Body body = request.of(batch, part);
      Verdict verdict = attempt(body);
      while (verdict == Verdict.LATER) {
        // what was accepted should not be sent again, so the search is not begun anew
        backoff.pause();
        verdict = attempt(body);
      }
      if (verdict == Verdict.ACCEPTED) {
        accepted += body.samples();
      } else if (part.columns() > 1 || part.samples() > 1) {
        split(part);
      } else {
        refused += body.samples();
        refusedByColumn[part.fromColumn()] += body.samples();
      }
    }

    /** Sends the halves of a part that was refused. */
    void split(Part part) throws InterruptedException {
      if (part.columns() > 1) {
        int middle = (part.fromColumn() + part.toColumn()) / 2;
        visit(new Part(part.fromColumn(), middle, part.fromSample(), part.toSample()));
        visit(new Part(middle, part.toColumn(), part.fromSample(), part.toSample()));
      } else {
        int middle = (part.fromSample() + part.toSample()) / 2;
        visit(new Part(part.fromColumn(), part.toColumn(), part.fromSample(), middle));
        visit(new Part(part.fromColumn(), part.toColumn(), middle, part.toSample()));
      }
    }
  }
}
