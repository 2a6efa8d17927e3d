/** Optimisers and schedules: what happens to the parameters after the gradient is known. */
@NullMarked
package dev.sluice.optim;

import org.jspecify.annotations.NullMarked;
