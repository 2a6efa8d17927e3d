package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;
import dev.sluice.compute.ReferenceBackend;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/**
 * What every module must do. One is tested by extending this class. Its backward pass is held
 * against central differences on the reference backend, the CPU backend against the reference.
 */
abstract class ModuleContract<T extends Tape> {
  private static final double STEP = 1e-5;

  private final Backend reference = new ReferenceBackend();

  /** A new module with values that are the same on every backend. */
  abstract Module<T> create(Backend backend);

  /** Rows of the input. */
  int samples() {
    return 6;
  }

  @Test
  void shapes_areThoseItStates() {
    Module<T> module = create(reference);
    try (T tape = module.tape(samples())) {
      assertThat(tape.output().rows()).isEqualTo(module.outputRows(samples()));
      assertThat(tape.output().columns()).isEqualTo(module.outputs());
    }
    for (Parameter parameter : module.parameters()) {
      assertThat(parameter.gradient().rows()).isEqualTo(parameter.value().rows());
      assertThat(parameter.gradient().columns()).isEqualTo(parameter.value().columns());
    }
    assertThat(module.parameters().stream().map(Parameter::name)).doesNotHaveDuplicates();
    assertThat(module.flops()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void forward_isAFunctionOfItsInput() {
    Pass first = new Pass(reference, 1);
    Pass second = new Pass(reference, 2);

    double[] once = first.forward();
    second.forward();

    // the other tape has changed nothing, and this one is written anew
    assertThat(first.output()).isEqualTo(once);
    assertThat(first.forward()).isEqualTo(once);
  }

  @Test
  void backward_isTheDerivativeByTheInput() {
    Pass pass = new Pass(reference, 3);
    pass.forward();
    double[] gradient = pass.backward(true);

    assertClose(gradient, centralDifferences(pass, pass.input), 1e-7);
  }

  @Test
  void backward_isTheDerivativeByEveryParameter() {
    Pass pass = new Pass(reference, 4);
    pass.forward();
    pass.backward(true);
    for (Parameter parameter : pass.module.parameters()) {
      double[] gradient = reference.download(parameter.gradient());

      assertClose(gradient, centralDifferences(pass, parameter.value()), 1e-7);
    }
  }

  @Test
  void backward_addsToTheGradientsOfParameters() {
    Pass pass = new Pass(reference, 5);
    pass.forward();
    pass.backward(true);
    List<double[]> once = pass.gradients();
    pass.backward(true);
    List<double[]> twice = pass.gradients();

    for (int i = 0; i < once.size(); i++) {
      double[] doubled = Arrays.stream(once.get(i)).map(value -> 2 * value).toArray();
      assertClose(twice.get(i), doubled, 1e-12);
    }
    Parameters.clearGradients(reference, pass.module.parameters());
    assertThat(pass.gradients()).allSatisfy(gradient -> assertThat(gradient).containsOnly(0));
  }

  @Test
  void backward_givesTheSameWithoutAnInputGradient() {
    Pass with = new Pass(reference, 6);
    with.forward();
    with.backward(true);
    Pass without = new Pass(reference, 6);
    without.forward();
    without.backward(false);

    List<double[]> expected = with.gradients();
    List<double[]> gradients = without.gradients();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(gradients.get(i)).isEqualTo(expected.get(i));
    }
    assertThat(without.module.parameters()).hasSameSizeAs(expected);
  }

  @Test
  void cpu_doesAsTheReference() {
    Pass pass = new Pass(reference, 7);
    pass.forward();
    double[] inputGradient = pass.backward(true);
    try (Backend cpu = new CpuBackend()) {
      Pass fast = new Pass(cpu, 7);

      assertClose(fast.forward(), pass.output(), 2e-5);
      assertClose(fast.backward(true), inputGradient, 2e-5);
      List<double[]> expected = pass.gradients();
      List<double[]> gradients = fast.gradients();
      for (int i = 0; i < expected.size(); i++) {
        assertClose(gradients.get(i), expected.get(i), 2e-5);
      }
      fast.module.close();
    }
  }

  private double[] centralDifferences(Pass pass, Matrix moved) {
    double[] values = reference.download(moved);
    double[] gradient = new double[values.length];
    DoubleSupplier loss = pass::loss;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + STEP;
      reference.upload(values, moved);
      double above = loss.getAsDouble();
      values[i] = value - STEP;
      reference.upload(values, moved);
      gradient[i] = (above - loss.getAsDouble()) / (2 * STEP);
      values[i] = value;
    }
    reference.upload(values, moved);
    return gradient;
  }

  private static void assertClose(double[] values, double[] expected, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(values).containsExactly(expected, within(tolerance * Math.max(largest, 1e-3)));
  }

  private static double[] random(int length, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.NOISE, 0);
    double[] values = new double[length];
    Arrays.setAll(values, i -> (float) stream.gaussian(i));
    return values;
  }

  /** A module, an input and what is to come of it: its inner product with random numbers. */
  private final class Pass {
    private final Backend backend;
    private final Module<T> module;
    private final T tape;
    private final Matrix input;
    private final double[] along;

    Pass(Backend backend, long seed) {
      this.backend = backend;
      module = create(backend);
      tape = module.tape(samples());
      input = backend.allocate(samples(), module.inputs());
      backend.upload(random(samples() * module.inputs(), 2 * seed), input);
      along = random(tape.output().rows() * module.outputs(), 2 * seed + 1);
    }

    double[] forward() {
      module.forward(input, tape);
      return output();
    }

    double[] output() {
      return backend.download(tape.output());
    }

    double[] backward(boolean withInput) {
      Matrix outputGradient = backend.allocate(tape.output().rows(), module.outputs());
      Matrix inputGradient = backend.allocate(samples(), module.inputs());
      backend.upload(along, outputGradient);
      module.backward(input, tape, outputGradient, withInput ? inputGradient : null);
      return backend.download(inputGradient);
    }

    List<double[]> gradients() {
      return module.parameters().stream()
          .map(parameter -> backend.download(parameter.gradient()))
          .toList();
    }

    double loss() {
      double[] output = forward();
      double sum = 0;
      for (int i = 0; i < output.length; i++) {
        sum += output[i] * along[i];
      }
      return sum;
    }
  }
}
