package dev.sluice.compute;

/** Something that carries values from one step to the next. */
public interface Stateful {

  /** Writes everything it carries, under names that begin with {@code path}. */
  void save(String path, State state);

  /** Takes back what {@link #save} wrote; from then on it goes on as if nothing had been. */
  void load(String path, State state);
}
