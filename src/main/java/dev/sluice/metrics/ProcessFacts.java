package dev.sluice.metrics;

import java.util.function.LongSupplier;

/**
 * What the process knows about itself.
 *
 * @param version of this program
 * @param revision it was built from, or {@code unknown}
 * @param backend compute backend
 * @param blas library and version that multiplies
 * @param device where it computes
 * @param blasThreads threads of one multiplication
 * @param offHeapUsed bytes of native memory in use
 * @param offHeapLimit bytes of native memory allowed, 0 when there is no limit
 */
public record ProcessFacts(
    String version,
    String revision,
    String backend,
    String blas,
    String device,
    int blasThreads,
    LongSupplier offHeapUsed,
    LongSupplier offHeapLimit) {}
