/**
 * Detectors of collapse: running maxima, warm-up and hysteresis over step reports, nothing else.
 */
@NullMarked
package dev.sluice.collapse;

import org.jspecify.annotations.NullMarked;
