/**
 * Every step of a run to the outside, from its history: pushed to a remote-write receiver while it
 * trains, or written to a file afterwards.
 */
@NullMarked
package dev.sluice.export;

import org.jspecify.annotations.NullMarked;
