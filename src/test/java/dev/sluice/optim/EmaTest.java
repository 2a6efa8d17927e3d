package dev.sluice.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.compute.State;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.model.Initialiser;
import dev.sluice.model.Linear;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;

class EmaTest {
  private final Backend backend = new ReferenceBackend();
  private final Linear online = linear(1);
  private final Linear target = linear(2);

  @Test
  void target_startsWhereTheOtherIs() {
    new Ema(0.9, backend, online.parameters(), target.parameters());

    assertThat(weights(target)).isEqualTo(weights(online));
  }

  @Test
  void target_followsSlowly() {
    Ema ema = new Ema(0.9, backend, online.parameters(), target.parameters());
    double start = weights(online)[0];
    backend.upload(new double[] {start + 1, 0, 0, 0}, online.weight().value());

    ema.afterUpdate(knobs());
    assertThat(weights(target)[0]).isCloseTo(start + 0.1, within(1e-12));

    ema.afterUpdate(knobs());
    assertThat(weights(target)[0]).isCloseTo(start + 0.19, within(1e-12));
    assertThat(weights(online)[0]).isEqualTo(start + 1);
  }

  @Test
  void loaded_goesOn() {
    Ema ema = new Ema(0.9, backend, online.parameters(), target.parameters());
    backend.upload(new double[] {1, 2, 3, 4}, online.weight().value());
    ema.afterUpdate(knobs());
    State state = new State();
    ema.save("target", state);
    Linear other = linear(3);
    Ema loaded = new Ema(0.9, backend, online.parameters(), other.parameters());
    loaded.load("target", state);

    assertThat(weights(other)).isEqualTo(weights(target));
    assertThat(state.names()).containsExactlyInAnyOrder("target.weight", "target.bias");
  }

  @Test
  void modules_mustBeAlike() {
    Linear withoutBias = new Linear(backend, 2, 2, Initialiser.he(1, 0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ema(0.9, backend, online.parameters(), withoutBias.parameters()))
        .withMessageContaining("[weight, bias] and [weight]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ema(1.1, backend, online.parameters(), target.parameters()))
        .withMessageContaining("1.1");
  }

  private Linear linear(long seed) {
    return new Linear(backend, 2, 2, Initialiser.he(seed, 0), Initialiser.uniform(seed, 1));
  }

  private double[] weights(Linear linear) {
    return backend.download(linear.weight().value());
  }

  private static KnobValues knobs() {
    EnumMap<Knob, Double> knobs = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      knobs.put(knob, knob.min());
    }
    return new KnobValues(knobs);
  }
}
