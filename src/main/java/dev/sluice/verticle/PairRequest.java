package dev.sluice.verticle;

import dev.sluice.augment.Views;

/**
 * Asks a run's pair streams for the batch of a step.
 *
 * @param step counted from 0
 * @param views the augmentation in force for that step
 */
record PairRequest(long step, Views views) {}
