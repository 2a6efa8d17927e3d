package dev.sluice.dashboard;

/** Units as Grafana writes them. */
final class Unit {
  /** A plain number. */
  static final String NONE = "none";

  /** A share, 0 to 1, shown in percent. */
  static final String SHARE = "percentunit";

  static final String SECONDS = "s";
  static final String BYTES = "bytes";
  static final String BYTES_A_SECOND = "binBps";
  static final String COUNT = "short";
  static final String NATS = "suffix: nats";
  static final String DIMENSIONS = "suffix: dims";
  static final String STEPS_A_SECOND = "suffix: steps/s";
  static final String PAIRS_A_SECOND = "suffix: pairs/s";
  static final String REQUESTS_A_SECOND = "reqps";
  static final String A_SECOND = "cps";

  private Unit() {}
}
