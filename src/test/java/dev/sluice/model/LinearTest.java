package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinearTest extends ModuleContract<OutputTape> {

  @Override
  Module<OutputTape> create(Backend backend) {
    return new Linear(backend, 5, 3, Initialiser.he(1, 0), Initialiser.uniform(1, 1));
  }

  @Nested
  class WithoutBias extends ModuleContract<OutputTape> {

    @Override
    Module<OutputTape> create(Backend backend) {
      return new Linear(backend, 5, 3, Initialiser.he(1, 0));
    }

    @Test
    void parameters_areTheWeightsOnly() {
      assertThat(create(new ReferenceBackend()).parameters())
          .extracting(Parameter::name)
          .containsExactly("weight");
    }
  }

  @Test
  void forward_multipliesAndShifts() {
    Backend backend = new ReferenceBackend();
    Linear linear = new Linear(backend, 2, 1, Initialiser.values(2, -1), Initialiser.constant(0.5));
    OutputTape tape = linear.tape(2);
    Matrix input = backend.allocate(2, 2);
    backend.upload(new double[] {1, 1, 3, 0}, input);

    linear.forward(input, tape);

    assertThat(backend.download(tape.output())).containsExactly(1.5, 6.5);
    assertThat(linear.parameters()).extracting(Parameter::name).containsExactly("weight", "bias");
    assertThat(linear.flops()).isEqualTo(4);
  }
}
