package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitialiserTest {
  private static final int FAN_IN = 64;

  private final Backend backend = new ReferenceBackend();

  @Test
  void he_hasAVarianceOfTwoOverFanIn() {
    double[] values = filled(Initialiser.he(1, 0));

    assertThat(squares(values)).isCloseTo(2.0 / FAN_IN, within(0.05 * 2 / FAN_IN));
  }

  @Test
  void gaussian_hasItsDeviation() {
    assertThat(squares(filled(Initialiser.gaussian(1, 0, 0.3)))).isCloseTo(0.09, within(0.005));
  }

  @Test
  void uniform_staysWithinItsBound() {
    double[] values = filled(Initialiser.uniform(1, 0));

    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.124, 0.125);
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-0.125, -0.124);
    assertThat(squares(values)).isCloseTo(1.0 / (3 * FAN_IN), within(0.05 / (3 * FAN_IN)));
  }

  @Test
  void tensors_haveStreamsOfTheirOwn() {
    assertThat(filled(Initialiser.he(1, 0))).isEqualTo(filled(Initialiser.he(1, 0)));
    assertThat(filled(Initialiser.he(1, 0))).isNotEqualTo(filled(Initialiser.he(1, 1)));
    assertThat(filled(Initialiser.uniform(1, 0))).isNotEqualTo(filled(Initialiser.uniform(2, 0)));
  }

  @Test
  void given_areTaken() {
    Matrix tensor = backend.allocate(1, 2);

    Initialiser.values(3, 4).fill(backend, tensor, 1);
    assertThat(backend.download(tensor)).containsExactly(3, 4);

    Initialiser.constant(2).fill(backend, tensor, 1);
    assertThat(backend.download(tensor)).containsExactly(2, 2);
  }

  private double[] filled(Initialiser initialiser) {
    Matrix tensor = backend.allocate(100, FAN_IN);
    initialiser.fill(backend, tensor, FAN_IN);
    return backend.download(tensor);
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).average().orElseThrow();
  }
}
