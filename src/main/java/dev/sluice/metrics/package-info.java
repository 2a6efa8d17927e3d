/**
 * The catalogue assembled from the specs of probes, detectors and recipes, and its exposition to
 * Prometheus.
 */
@NullMarked
package dev.sluice.metrics;

import org.jspecify.annotations.NullMarked;
