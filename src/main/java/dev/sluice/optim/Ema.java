package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.State;
import dev.sluice.event.KnobValues;
import dev.sluice.model.Parameter;
import dev.sluice.model.Parameters;
import java.util.List;

/**
 * A module whose weights follow those of another, built alike, after every update: {@code w_a = m
 * w_a + (1 - m) w}. It starts where the other one does.
 *
 * <p>Source: Grill et al. 2020 (BYOL), their target network.
 */
public final class Ema implements Hook {
  private final double rate;
  private final Backend backend;
  private final List<Parameter> from;
  private final List<Parameter> to;

  /**
   * @param rate m, in [0, 1]: 0 follows at once, 1 never
   * @param from w; not owned
   * @param to w_a; not owned
   */
  public Ema(double rate, Backend backend, List<Parameter> from, List<Parameter> to) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate of the average must be in [0, 1]: " + rate);
    }
    List<String> leading = from.stream().map(Parameter::name).toList();
    List<String> following = to.stream().map(Parameter::name).toList();
    if (!leading.equals(following)) {
      throw new IllegalArgumentException(
          "the modules are not built alike: " + leading + " and " + following);
    }
    this.rate = rate;
    this.backend = backend;
    this.from = List.copyOf(from);
    this.to = List.copyOf(to);
    for (int i = 0; i < from.size(); i++) {
      backend.copy(from.get(i).value(), to.get(i).value());
    }
  }

  @Override
  public void afterUpdate(KnobValues knobs) {
    for (int i = 0; i < from.size(); i++) {
      backend.updates().blend(1 - rate, from.get(i).value(), rate, to.get(i).value());
    }
  }

  @Override
  public void save(String path, State state) {
    Parameters.save(path, backend, to, state);
  }

  @Override
  public void load(String path, State state) {
    Parameters.load(path, backend, to, state);
  }
}
