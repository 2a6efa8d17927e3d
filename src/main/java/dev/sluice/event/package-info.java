/**
 * What crosses the bus: reports, snapshots, run events, the metric specs behind them and the
 * addresses, each declared once. The leaf: it uses no other package.
 */
@NullMarked
package dev.sluice.event;

import org.jspecify.annotations.NullMarked;
