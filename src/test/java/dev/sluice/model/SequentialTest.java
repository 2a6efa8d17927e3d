package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SequentialTest extends ModuleContract<SequentialTape> {

  @Override
  Module<SequentialTape> create(Backend backend) {
    return new Sequential(
        backend,
        List.of(
            new Linear(backend, 5, 7, Initialiser.he(1, 0)),
            new BatchNorm(backend, 7, 1e-5),
            new LeakyRelu(backend, 7, 0.1),
            new Linear(backend, 7, 3, Initialiser.he(1, 2), Initialiser.constant(0)),
            new UnitSphere(backend, 3, 1e-12, 0)));
  }

  @Nested
  class OfOneLayer extends ModuleContract<SequentialTape> {

    @Override
    Module<SequentialTape> create(Backend backend) {
      return new Sequential(backend, List.of(new Linear(backend, 5, 3, Initialiser.he(1, 0))));
    }
  }

  /** Rows change their number within. */
  @Nested
  class WithConvolution extends ModuleContract<SequentialTape> {

    @Override
    Module<SequentialTape> create(Backend backend) {
      return new Sequential(
          backend,
          List.of(
              new CircularConvolution(
                  backend, 6, 2, 4, Initialiser.he(1, 0), Initialiser.uniform(1, 1)),
              new LeakyRelu(backend, 4, 0),
              new MeanPool(backend, 4, 6),
              new Linear(backend, 4, 2, Initialiser.he(1, 2))));
    }

    @Test
    void flops_countEveryWindow() {
      assertThat(create(new ReferenceBackend()).flops()).isEqualTo(6 * 2 * 2 * 4 + 2 * 4 * 2);
    }
  }

  /** A sequence is a layer like any other. */
  @Nested
  class WithinAnother extends ModuleContract<SequentialTape> {

    @Override
    Module<SequentialTape> create(Backend backend) {
      return new Sequential(
          backend,
          List.of(
              SequentialTest.this.create(backend),
              new Linear(backend, 3, 2, Initialiser.he(1, 3))));
    }

    @Test
    void parameters_areNamedByTheirPath() {
      assertThat(create(new ReferenceBackend()).parameters())
          .extracting(Parameter::name)
          .containsExactly("0.0.weight", "0.3.weight", "0.3.bias", "1.weight");
    }
  }

  @Test
  void layers_mustFit() {
    Backend backend = new ReferenceBackend();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Sequential(
                    backend, List.of(new MeanPool(backend, 3, 1), new MeanPool(backend, 4, 1))))
        .withMessage("layer 1 takes 4 numbers, the one before gives 3");
    assertThatIllegalArgumentException().isThrownBy(() -> new Sequential(backend, List.of()));
  }

  @Test
  void tape_showsEveryLayer() {
    Backend backend = new ReferenceBackend();
    SequentialTape tape = create(backend).tape(2);

    assertThat(tape.layer(0).output().columns()).isEqualTo(7);
    assertThat(tape.layer(4).output()).isSameAs(tape.output());
  }
}
