package dev.sluice.probe;

import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * One measure, or a few that fall out of the same sums. An instance belongs to one run and may keep
 * state (an average, a cached input side); it is called by the run's trainer thread only.
 */
public interface Probe extends Stateful, AutoCloseable {

  /** Name in run.json, lower case with dashes, for example {@code decomposition}. */
  String name();

  /** The series it writes, in the order of {@link Readings} indices. */
  List<Series> series();

  Set<Need> needs();

  /** Floating-point operations of one measurement, from the shape alone. */
  double flops(ProbeShape shape);

  /** By default it carries nothing from one measurement to the next that it could not draw anew. */
  @Override
  default void save(String path, State state) {}

  @Override
  default void load(String path, State state) {}

  /** Releases what it holds, by default nothing. */
  @Override
  default void close() {}
}
