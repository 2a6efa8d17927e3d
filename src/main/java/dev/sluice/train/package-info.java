/**
 * The training step, read top to bottom in one place, and the trainer that runs it with its probes.
 */
@NullMarked
package dev.sluice.train;

import org.jspecify.annotations.NullMarked;
