package dev.sluice.event;

/**
 * Every address of the event bus, once, with what travels there. Everything is local and by
 * reference.
 */
public final class Addresses {

  /**
   * Published {@link StepReport}s straight from a trainer or an ingest, before the detectors have
   * seen them, and its {@link RunEvent}s between them. The detectors send both on, so that
   * everybody sees a run's reports and events in the same order.
   */
  public static final String MEASURED = "sluice.measured";

  /**
   * Published {@link StepReport}s, complete with the detectors' slots: what every consumer listens
   * to.
   */
  public static final String REPORTS = "sluice.reports";

  /** Published {@link Snapshot}s. */
  public static final String SNAPSHOTS = "sluice.snapshots";

  /** Published {@link RunEvent}s. */
  public static final String EVENTS = "sluice.events";

  private Addresses() {}

  /**
   * Sent by a run's trainer to one of its pair streams: a step and its views. The answer goes to
   * {@link #batches}.
   */
  public static String pairs(String run) {
    return "sluice.pairs." + run;
  }

  /** Sent by a run's pair streams to its trainer: the batch of a step, or why there is none. */
  public static String batches(String run) {
    return "sluice.batches." + run;
  }

  /** Requests to a run's trainer: move a knob, pause, resume, stop; the reply says which step. */
  public static String control(String run) {
    return "sluice.control." + run;
  }

  /** Published by history: the number of the last step of a run that is committed to disk. */
  public static String committed(String run) {
    return "sluice.committed." + run;
  }
}
