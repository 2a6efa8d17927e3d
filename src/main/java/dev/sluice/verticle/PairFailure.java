package dev.sluice.verticle;

/**
 * Says that a batch that was asked for will not come.
 *
 * @param step that it was asked for
 * @param reason in one line
 */
record PairFailure(long step, String reason) {}
