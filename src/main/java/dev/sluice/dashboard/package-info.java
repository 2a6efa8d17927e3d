/**
 * The dashboards of Grafana, one class each, written as the JSON that Grafana reads. They take the
 * names of metrics from the {@link dev.sluice.metrics.Catalogue}, so no panel can ask for what is
 * not exported.
 */
@NullMarked
package dev.sluice.dashboard;

import org.jspecify.annotations.NullMarked;
