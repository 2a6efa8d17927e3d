package dev.sluice.recipe;

import dev.sluice.compute.Backend;
import dev.sluice.model.Initialiser;
import dev.sluice.model.LeakyRelu;
import dev.sluice.model.Linear;
import dev.sluice.model.Module;
import java.util.ArrayList;
import java.util.List;

/** The layers of multi-layer perceptrons, which most systems have for an encoder. */
final class Perceptron {

  /** What the tensors of a perceptron start from. */
  enum Start {
    /** Independent N(0, 2 / fan-in), biases 0. */
    HE,
    /** Independent, uniform within 1 / sqrt(fan-in), biases too. */
    UNIFORM;

    Initialiser weights(long seed, long tensor) {
      return this == HE ? Initialiser.he(seed, tensor) : Initialiser.uniform(seed, tensor);
    }

    Initialiser biases(long seed, long tensor) {
      return this == HE ? Initialiser.constant(0) : Initialiser.uniform(seed, tensor);
    }
  }

  private Perceptron() {}

  /**
   * Linear maps with biases, with leaky ReLUs between them; a list that more may be added to.
   *
   * @param firstTensor index of the first tensor within its network; two follow for each map
   * @param slope 0 for ReLU
   * @param widths of the input, the hidden layers and the output
   */
  static List<Module<?>> layers(
      Backend backend, Start start, long seed, long firstTensor, double slope, int... widths) {
    List<Module<?>> layers = new ArrayList<>();
    long tensor = firstTensor;
    for (int i = 0; i + 1 < widths.length; i++) {
      if (i > 0) {
        layers.add(new LeakyRelu(backend, widths[i], slope));
      }
      layers.add(
          new Linear(
              backend,
              widths[i],
              widths[i + 1],
              start.weights(seed, tensor),
              start.biases(seed, tensor + 1)));
      tensor += 2;
    }
    return layers;
  }
}
