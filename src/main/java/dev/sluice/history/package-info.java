/** The step log of a run on disk: every step, full resolution, with its events and its run.json. */
@NullMarked
package dev.sluice.history;

import org.jspecify.annotations.NullMarked;
