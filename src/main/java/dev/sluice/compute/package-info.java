/**
 * Matrices and the closed list of kernels that the numerics are written in, the backends that fill
 * it, counter-based random streams, and eigenvalues and statistics in float64.
 */
@NullMarked
package dev.sluice.compute;

import org.jspecify.annotations.NullMarked;
