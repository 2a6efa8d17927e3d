/**
 * Whole-batch objectives: named tensors of a step in, a loss and named gradients out. What is read
 * but has no gradient is behind a stop-gradient.
 */
@NullMarked
package dev.sluice.loss;

import org.jspecify.annotations.NullMarked;
