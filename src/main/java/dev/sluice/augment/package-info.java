/** Pairing: how two views are made of one anchor, and the batch of pairs that the trainer pulls. */
@NullMarked
package dev.sluice.augment;

import org.jspecify.annotations.NullMarked;
