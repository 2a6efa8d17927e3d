package dev.sluice.bench;

import dev.sluice.compute.Backend;
import dev.sluice.recipe.Experiment;
import java.util.List;

/** The systems whose steps are measured. */
public interface Systems {

  /** Names for the table, for example {@code supcon / hard-out}. */
  List<String> names();

  /** One of them, put together as a run would be. */
  Experiment open(String name, Backend backend);
}
