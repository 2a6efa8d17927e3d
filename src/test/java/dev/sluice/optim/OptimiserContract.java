package dev.sluice.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.compute.State;
import dev.sluice.model.Parameter;
import dev.sluice.vectors.CompanionVector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every optimiser must do. One is tested by extending this class. */
abstract class OptimiserContract {
  private final Backend reference = new ReferenceBackend();

  abstract Optimiser create(Backend backend, List<Parameter> parameters);

  /** Its vector: three updates of one row. */
  abstract String vector();

  /** Learning rate and decay of the vector. */
  abstract double rate();

  abstract double decay();

  @Test
  void reference_givesTheVector() {
    assertVector(reference, 1e-9, 0);
  }

  @Test
  void cpu_givesTheVector() {
    try (Backend cpu = new CpuBackend()) {
      assertVector(cpu, 0, 2e-5);
    }
  }

  private void assertVector(Backend backend, double absolute, double relative) {
    CompanionVector vector = CompanionVector.named(vector());
    int width = vector.length("init");
    Parameter parameter = Parameter.of(backend, "0.bias", 1, width);
    backend.upload(vector.values("init"), parameter.value());
    try (Optimiser optimiser = create(backend, List.of(parameter))) {
      assertThat(vector.length("grads")).isEqualTo(3);
      for (int step = 0; step < 3; step++) {
        backend.upload(vector.values("grads/" + step), parameter.gradient());

        optimiser.update(rate(), decay());

        double[] expected = vector.values("params_after/" + step);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(backend.download(parameter.value()))
            .containsExactly(expected, within(absolute + relative * largest));
      }
    }
    parameter.close();
  }

  @Test
  void update_returnsTheNormOfTheWholeGradientWithoutDecay() {
    Parameter matrix = parameter("0.weight", 2, 2, 1, 2, 3, 4);
    Parameter vector = parameter("0.bias", 1, 2, 5, 6);
    Optimiser optimiser = create(reference, List.of(matrix, vector));
    reference.upload(new double[] {1, -2, 0, 2}, matrix.gradient());
    reference.upload(new double[] {4, 0}, vector.gradient());

    assertThat(optimiser.update(0.1, 0.5)).isCloseTo(5, within(1e-12));
  }

  @Test
  void rowNorms_areThoseOfTheWeightMatricesAfterTheUpdate() {
    Parameter first = parameter("0.weight", 2, 2, 3, 4, 0, 1);
    Parameter bias = parameter("0.bias", 1, 2, 1, 1);
    Parameter second = parameter("1.weight", 3, 1, 7, -8, 9);
    Optimiser optimiser = create(reference, List.of(first, bias, second));

    optimiser.update(0, 0);
    assertThat(optimiser.rowNorms()).containsExactly(5, 1, 7, 8, 9);

    reference.upload(new double[] {1, 1, 1}, second.gradient());
    optimiser.update(0.01, 0);
    double[] moved = reference.download(second.value());
    assertThat(optimiser.rowNorms())
        .containsExactly(5, 1, Math.abs(moved[0]), Math.abs(moved[1]), Math.abs(moved[2]));
    assertThat(moved[0]).isLessThan(7);
  }

  @Test
  void decay_pullsEveryParameterToZero() {
    Parameter weight = parameter("0.weight", 2, 1, 3, -4);
    Parameter bias = parameter("0.bias", 1, 2, 5, -6);
    Optimiser optimiser = create(reference, List.of(weight, bias));

    optimiser.update(0.01, 0.1);

    assertThat(reference.download(weight.value())[0]).isBetween(2.9, 2.9999);
    assertThat(reference.download(weight.value())[1]).isBetween(-3.9999, -3.9);
    assertThat(reference.download(bias.value())[0]).isBetween(4.9, 4.9999);
    assertThat(reference.download(bias.value())[1]).isBetween(-5.9999, -5.9);
  }

  @Test
  void loaded_goesOnAsIfNothingHadBeen() {
    Parameter weight = parameter("0.weight", 2, 1, 3, -4);
    Parameter bias = parameter("0.bias", 1, 2, 5, -6);
    Optimiser optimiser = create(reference, List.of(weight, bias));
    for (int step = 0; step < 3; step++) {
      step(optimiser, weight, bias, step);
    }
    State state = new State();
    optimiser.save("optimiser", state);
    Parameter otherWeight = parameter("0.weight", 2, 1, reference.download(weight.value()));
    Parameter otherBias = parameter("0.bias", 1, 2, reference.download(bias.value()));
    Optimiser other = create(reference, List.of(otherWeight, otherBias));
    other.load("optimiser", state);
    for (int step = 3; step < 6; step++) {
      step(optimiser, weight, bias, step);
      step(other, otherWeight, otherBias, step);
    }

    assertThat(reference.download(otherWeight.value()))
        .isEqualTo(reference.download(weight.value()));
    assertThat(reference.download(otherBias.value())).isEqualTo(reference.download(bias.value()));
    assertThat(state.names())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(name).startsWith("optimiser."));
  }

  @Test
  void descent_findsTheBottomOfABowl() {
    Parameter point = parameter("0.weight", 2, 1, 1, -0.5);
    Optimiser optimiser = create(reference, List.of(point));
    for (int step = 0; step < 400; step++) {
      double[] at = reference.download(point.value());
      reference.upload(new double[] {2 * at[0], 20 * at[1]}, point.gradient());
      optimiser.update(0.01, 0);
    }

    assertThat(reference.download(point.value())).containsExactly(new double[2], within(0.01));
  }

  private void step(Optimiser optimiser, Parameter weight, Parameter bias, int step) {
    reference.upload(new double[] {Math.sin(step), Math.cos(step)}, weight.gradient());
    reference.upload(new double[] {step, 1}, bias.gradient());
    optimiser.update(0.1, 0.01);
  }

  private Parameter parameter(String name, int rows, int columns, double... values) {
    Parameter parameter = Parameter.of(reference, name, rows, columns);
    reference.upload(values, parameter.value());
    return parameter;
  }
}
