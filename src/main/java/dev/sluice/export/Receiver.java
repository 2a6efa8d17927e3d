package dev.sluice.export;

import java.time.Duration;

/** Where remote-write bodies go. One thread at a time; a call waits for the answer. */
interface Receiver extends AutoCloseable {

  /** What came of a body. */
  enum Verdict {
    /** It has them all. */
    ACCEPTED,
    /** It will never take all of this body; it may take parts. */
    REFUSED,
    /** Nothing is known, or the time is bad: the same body may be taken later. */
    LATER
  }

  /**
   * An answer.
   *
   * @param code for the label {@code code} of the requests that failed, empty when accepted
   * @param rest how long the receiver wants to be left alone, or zero
   * @param says what it said, one line, for people
   */
  record Answer(Verdict verdict, String code, Duration rest, String says) {
    static Answer accepted() {
      return new Answer(Verdict.ACCEPTED, "", Duration.ZERO, "");
    }
  }

  Answer send(byte[] body);

  @Override
  void close();
}
