/**
 * Whole-batch objectives: responses to the views in, a loss and the gradient of the first view out;
 * everything else is behind a stop-gradient.
 */
@NullMarked
package dev.sluice.loss;

import org.jspecify.annotations.NullMarked;
