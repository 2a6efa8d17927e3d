/**
 * How fast the training step is: against the floor of its own five products, through the whole
 * pipeline, and how flat its memory stays. Not part of a run.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
