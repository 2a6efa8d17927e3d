package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import org.junit.jupiter.api.Test;

class SoftBoxTest extends ModuleContract<SoftBoxTape> {

  @Override
  Module<SoftBoxTape> create(Backend backend) {
    SoftBox box = new SoftBox(backend, 3);
    backend.upload(new double[] {0.5, 1, 2}, box.parameters().get(0).value());
    return box;
  }

  @Test
  void box_isTheUnitCubeAtTheStart() {
    Backend backend = new ReferenceBackend();
    SoftBox box = new SoftBox(backend, 3);
    SoftBoxTape tape = box.tape(2);

    box.forward(backend.allocate(2, 3), tape);

    assertThat(backend.download(box.parameters().get(0).value())).containsOnly(1);
    assertThat(backend.download(tape.output())).containsOnly(0.5);
  }
}
