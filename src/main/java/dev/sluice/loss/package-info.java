/**
 * Whole-batch objectives: named tensors in, a loss and named gradients out; a gradient that is not
 * asked for is a stop-gradient.
 */
@NullMarked
package dev.sluice.loss;

import org.jspecify.annotations.NullMarked;
