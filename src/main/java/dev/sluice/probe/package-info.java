/**
 * Every measure of a step, of the weights and of the representation: formula, range, source, needs
 * and cost.
 */
@NullMarked
package dev.sluice.probe;

import org.jspecify.annotations.NullMarked;
