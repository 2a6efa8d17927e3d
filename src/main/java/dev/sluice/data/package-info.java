/**
 * Sources: where samples, or the latents behind them, come from before they are augmented and
 * paired.
 */
@NullMarked
package dev.sluice.data;

import org.jspecify.annotations.NullMarked;
