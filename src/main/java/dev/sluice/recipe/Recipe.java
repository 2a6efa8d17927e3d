package dev.sluice.recipe;

import dev.sluice.compute.Backend;
import dev.sluice.event.ReferenceBand;
import dev.sluice.train.Ticker;
import java.util.List;

/**
 * A system of a paper: its settings, presets, bands and how a run of it is put together.
 *
 * @param <S> its typed settings: a record whose components (and the components of nested records)
 *     carry {@link Setting}
 */
public interface Recipe<S extends Record> {
  String name();

  String paper();

  String claim();

  Class<S> settingsType();

  /** The first is the default preset. */
  List<Preset> presets();

  /**
   * Puts a run together. Refuses settings that do not fit each other with an
   * IllegalArgumentException that says how.
   */
  Experiment open(S settings, Backend backend, Ticker ticker);

  /** Reference bands for these settings; empty where there are none. */
  default List<ReferenceBand> bands(S settings) {
    return List.of();
  }
}
