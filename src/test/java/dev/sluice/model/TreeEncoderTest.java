package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TreeEncoderTest extends ModuleContract<TreeTape> {

  @Override
  Module<TreeTape> create(Backend backend) {
    return new TreeEncoder(backend, 3, 4, tensor -> Initialiser.uniform(2, tensor));
  }

  @Nested
  class OfOneNode extends ModuleContract<TreeTape> {

    @Override
    Module<TreeTape> create(Backend backend) {
      return new TreeEncoder(backend, 1, 4, tensor -> Initialiser.uniform(2, tensor));
    }
  }

  @Test
  void tree_hasTwiceTheNodesOnEveryLevel() {
    Backend backend = new ReferenceBackend();
    Module<TreeTape> tree = create(backend);
    TreeTape tape = tree.tape(2);

    assertThat(tree.inputs()).isEqualTo(8);
    assertThat(tree.outputs()).isEqualTo(4);
    assertThat(tree.parameters())
        .extracting(
            parameter ->
                parameter.name()
                    + " "
                    + parameter.value().rows()
                    + " x "
                    + parameter.value().columns())
        .containsExactly(
            "0.weight 4 x 8",
            "0.bias 1 x 4",
            "1.weight 8 x 8",
            "1.bias 1 x 8",
            "2.weight 16 x 2",
            "2.bias 1 x 16");
    assertThat(tree.flops()).isEqualTo(2 * (4 * 8 + 8 * 8 + 16 * 2));
    assertThat(tape.depth()).isEqualTo(3);
    assertThat(tape.preactivation(0)).isSameAs(tape.output());
    assertThat(tape.preactivation(2).columns()).isEqualTo(16);
  }

  @Test
  void node_seesItsOwnLeavesOnly() {
    Backend backend = new ReferenceBackend();
    Module<TreeTape> tree = create(backend);
    TreeTape tape = tree.tape(2);
    var input = backend.allocate(2, 8);
    backend.upload(new double[] {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1}, input);

    tree.forward(input, tape);

    // only the last leaf differs, which the last node of each level stands above
    for (int level = 1; level < 3; level++) {
      double[] h = backend.download(tape.preactivation(level));
      int width = 4 << level;
      for (int i = 0; i < width - 4; i++) {
        assertThat(h[i]).isEqualTo(h[width + i]);
      }
      assertThat(h[width - 1]).isNotEqualTo(h[2 * width - 1]);
    }
  }
}
