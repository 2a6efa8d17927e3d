/** Encoders: forward from inputs to representation, backward from gradient to gradient. */
@NullMarked
package dev.sluice.model;

import org.jspecify.annotations.NullMarked;
