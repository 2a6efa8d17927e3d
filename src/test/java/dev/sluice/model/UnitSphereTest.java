package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnitSphereTest extends ModuleContract<UnitSphereTape> {

  @Override
  Module<UnitSphereTape> create(Backend backend) {
    return new UnitSphere(backend, 5, 1e-12, 0);
  }

  @Nested
  class WithEpsilon extends ModuleContract<UnitSphereTape> {

    @Override
    Module<UnitSphereTape> create(Backend backend) {
      return new UnitSphere(backend, 5, 0, 0.5);
    }
  }

  @Test
  void zeros_stayZeros() {
    Backend backend = new ReferenceBackend();
    Module<UnitSphereTape> module = create(backend);
    UnitSphereTape tape = module.tape(1);
    Matrix gradient = backend.allocate(1, 5);

    module.forward(backend.allocate(1, 5), tape);
    module.backward(backend.allocate(1, 5), tape, backend.allocate(1, 5), gradient);

    assertThat(backend.download(tape.output())).containsOnly(0);
    assertThat(backend.download(gradient)).containsOnly(0);
    assertThatIllegalArgumentException().isThrownBy(() -> new UnitSphere(backend, 5, 0, 0));
  }
}
